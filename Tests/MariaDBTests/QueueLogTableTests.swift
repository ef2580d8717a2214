import CallRecords
import MariaDB
import Testing
import TestSupport

@testable import Extract

@Suite("Queue log tables", .enabled(if: TestMariaDB.isInstalled, "needs mariadbd"))
struct QueueLogTableTests {
    @Test("Asterisk's own, data split, in the order of id within a second")
    func split() throws {
        let database = try Database()
        try database.run(
            Schema.queueLog(),
            """
            INSERT INTO queue_log (time, callid, queuename, agent, event, data1, data2, data3, data4, data5) VALUES
                ('2026-11-22 10:00:09.5', '1.1', 'support', 'John Doe', 'CONNECT', '9', '1.2', '3', '', ''),
                ('2026-11-22 10:00:00.1', '1.1', 'support', 'NONE', 'ENTERQUEUE', '', '4930123', '1', '', ''),
                ('2026-11-22 10:00:10.0', '1.1', 'support', 'John Doe', 'ATTENDEDTRANSFER', 'LINK', 'a', 'b', '9', '1|1'),
                ('2026-11-22 10:00:10.0', 'NONE', 'NONE', 'John Doe', 'PAUSEALL', 'lunch', NULL, NULL, NULL, NULL)
            """
        )
        #expect(
            try ReadQueueLog("queue_log", in: database).lines == [
                "2026-11-22 10:00:00 1.1 support - ENTERQUEUE - 4930123 1 - -",
                "2026-11-22 10:00:09 1.1 support John Doe CONNECT 9 1.2 3 - -",
                "2026-11-22 10:00:10 1.1 support John Doe ATTENDEDTRANSFER LINK a b 9 1|1",
                "2026-11-22 10:00:10 - - John Doe PAUSEALL lunch - - - -",
            ]
        )
    }

    @Test("data joined by bars, alone and next to split columns")
    func joined() throws {
        let database = try Database()
        try database.run(
            "CREATE TABLE queuelog (time DATETIME, callid VARCHAR(80), queue VARCHAR(80), agent VARCHAR(80),"
                + " event VARCHAR(32), data VARCHAR(255))",
            "INSERT INTO queuelog VALUES ('2026-11-22 10:00:00', '1.1', 'q', 'a', 'COMPLETEAGENT', '9|60|1'),"
                + " ('2026-11-22 10:00:01', '1.1', 'q', 'a', 'ATTENDEDTRANSFER', 'LINK|a|b|9|60|1'),"
                + " ('2026-11-22 10:00:02', '1.1', 'q', 'a', 'ENTERQUEUE', '|4930123|1'),"
                + " ('2026-11-22 10:00:03', '1.1', 'q', 'a', 'PAUSE', NULL)"
        )
        let data = ["9 60 1 - -", "LINK a b 9 60|1", "- 4930123 1 - -", "- - - - -"]
        #expect(
            try ReadQueueLog("queuelog", in: database).lines.map { $0.split(separator: " ", maxSplits: 6)[6] }
                == data.map { $0[...] }
        )

        try database.run("ALTER TABLE queuelog ADD COLUMN data1 VARCHAR(100), ADD COLUMN data2 VARCHAR(100)")
        try database.run(
            "INSERT INTO queuelog VALUES ('2026-11-22 10:00:04', '1.1', 'q', 'a', 'RINGNOANSWER', 'ignored', '1000', '')"
        )
        let mixed = try ReadQueueLog("queuelog", in: database).lines.map { $0.split(separator: " ", maxSplits: 6)[6] }
        #expect(mixed == (data + ["1000 - - - -"]).map { $0[...] })
    }

    @Test(
        "the time as every schema holds it",
        arguments: [
            // The column's type; three times: before, in and after the window; and what is read.
            ("DATETIME", ["2026-11-21 23:59:59", "2026-11-22 00:00:00", "2026-11-23 00:00:00"], "2026-11-22 00:00:00"),
            (
                "TIMESTAMP", ["2026-11-21 22:59:59", "2026-11-22 00:00:00", "2026-11-23 01:00:00"],
                "2026-11-22 00:00:00"
            ),
            ("INT", ["1795305599", "1795305600", "1795392000"], "1795305600"),
            ("DECIMAL(16,6)", ["1795305599.9", "1795305600.25", "1795392000"], "1795305600"),
            ("VARCHAR(32)", ["1795305599", "1795305600", "1795392000"], "1795305600"),
            (
                "VARCHAR(26)",
                ["2026-11-21 23:59:59.999999", "2026-11-22 00:00:00.000001", "2026-11-23 00:00:00.000000"],
                "2026-11-22 00:00:00"
            ),
        ]
    )
    func times(type: String, times: [String], expected: String) throws {
        let database = try Database()
        try database.run(Schema.queueLog(named: "q", time: type + " NULL"))
        for (index, time) in times.enumerated() {
            try database.run(
                "INSERT INTO q (time, callid, queuename, agent, event) VALUES ('\(time)', '\(index)', 'q', 'a', 'CONNECT')"
            )
        }
        let lines = try ReadQueueLog("q", in: database, window: .days(22..<23)).lines
        #expect(lines == ["\(expected) 1 q a CONNECT - - - - -"])
        #expect(try ReadQueueLog("q", in: database).lines.count == 3)
    }

    @Test("a text column that holds epochs from before an update and dates from after it")
    func mixedTimes() throws {
        let database = try Database()
        try database.run(
            Schema.queueLog(time: "VARCHAR(32)"),
            "INSERT INTO queue_log (time, callid, queuename, agent, event) VALUES ('2026-11-22 12:00:00.5', 'b', 'q', 'a',"
                + " 'CONNECT'), ('1795305600', 'a', 'q', 'a', 'CONNECT'), ('', 'c', 'q', 'a', 'CONNECT'),"
                + " ('1795305601', 'd', 'q', 'a', '')"
        )
        #expect(try ReadQueueLog("queue_log", in: database, window: .days(22..<23)).lines.count == 2)
        let all = try ReadQueueLog("queue_log", in: database)
        #expect(all.lines.count == 2)
        #expect(all.rejects.map(\.defect.code) == [.time, .event])
    }

    @Test("QueueMetrics' names")
    func queueMetrics() throws {
        let database = try Database()
        try database.run(
            "CREATE TABLE queue_log (`partition` VARCHAR(20), time_id INT(11) UNSIGNED, call_id VARCHAR(200), queue CHAR(50),"
                + " agent CHAR(30), verb CHAR(30), data1 VARCHAR(200), data2 VARCHAR(200), data3 VARCHAR(200),"
                + " data4 VARCHAR(200), data5 VARCHAR(200), serverid CHAR(10), KEY (time_id, queue))",
            "INSERT INTO queue_log VALUES ('P001', 1795305600, '1.1', 'q', 'a', 'ABANDON', '1', '2', '30', '', '', 'x')"
        )
        #expect(try ReadQueueLog("queue_log", in: database).lines == ["1795305600 1.1 q a ABANDON 1 2 30 - -"])
    }

    @Test("a table that is not a queue log is refused")
    func noQueueLog() throws {
        let database = try Database()
        try database.run(Schema.freePBX())
        let error = #expect(throws: ExtractError.self) { try ReadQueueLog("cdr", in: database) }
        #expect(error?.code == .unknownTable)
    }
}
