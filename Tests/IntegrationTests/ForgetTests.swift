import Base
import CallRecords
import Glibc
import Pipeline
import Postgres
import Testing
import TestSupport
import Transform
import Warehouse

/// A forgotten person is nowhere in the warehouse, and everything else is unchanged.
@Suite(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
struct ForgetTests {
    /// A Russian mobile that called, was called, waited in a queue, was rejected once and is in the CRM.
    private static let number = "+79160000001"
    private static let tables = [
        "cdr", "call", "queue_visit", "queue_event", "reject", "contact", "contact_number", "callback",
    ]

    private static let legs = [
        Line("\(noon).1", sequence: 1).with {
            $0.src = "89160000001"
            $0.lastdata = "PJSIP/101,30,U(hello^89160000001)"
            $0.userfield = "in-9160000001.wav"
        },
        Line("\(noon + 60).2", sequence: 2).with {
            $0.src = "101"
            $0.dst = "989160000001"
            $0.channel = "PJSIP/101-00000003"
            $0.dstchannel = "PJSIP/trunk-00000004"
            $0.lastdata = "PJSIP/89160000001@trunk"
        },
        Line("\(noon + 120).3", sequence: 3).with { $0.src = "79160000002" },
    ]
    private static let events = """
        \(noon)|\(noon).1|support|NONE|ENTERQUEUE||89160000001|1
        \(noon + 5)|\(noon).1|support|NONE|ABANDON|1|1|5
        \(noon + 120)|\(noon + 120).3|support|NONE|ENTERQUEUE||79160000002|1
        \(noon + 125)|\(noon + 120).3|support|NONE|ABANDON|1|1|5

        """

    private func withLoaded(_ body: (inout Bench) throws -> Void) async throws {
        try await Bench.with { bench in
            let torn = "\"\",\"89160000001\",\"101\"\n"
            _ = try bench.run(
                [bench.write(Self.legs.csv + torn, to: "Master.csv")],
                queueLog: [bench.write(Self.events, to: "queue_log")]
            )
            try bench.connection.execute(
                """
                insert into voip.contact (source, kind, external_id, name)
                values ('csv', 'contact', '1', 'Anna'), ('csv', 'contact', '2', 'Boris');
                insert into voip.contact_number (number_e164, contact_id, place)
                select '+79160000001', contact_id, contact_id - min(contact_id) over () from voip.contact;
                insert into voip.contact_number (number_e164, contact_id, place)
                select '+79160000002', max(contact_id), 0 from voip.contact;
                update voip.call as c
                set contact_id = n.contact_id, match = case n.number_e164 when '+79160000002' then 'matched' else 'ambiguous' end
                from voip.contact_number as n
                where n.number_e164 = c.customer_e164 and n.place = 0;
                insert into voip.callback (pbx_id, caller_key, claimed_by, claimed_at, note, changed_at)
                values (1, '+79160000001', 'anna', '2026-11-22', null, '2026-11-22'),
                       (1, '+79160000002', null, null, 'said: call 8 916 000-00-01', '2026-11-22')
                """
            )
            #expect(try Checks().run(bench.connection).isEmpty)
            #expect(try trace(bench) == Self.tables.count)
            try body(&bench)
            let findings = try Checks().run(bench.connection)
            #expect(findings.isEmpty, "\(findings)")
        }
    }

    /// The number of tables that contain the subscriber's digits. Contacts are found by name.
    private func trace(_ bench: borrowing Bench) throws -> Int {
        try Self.tables.filter { table in
            try bench.connection.count(
                "select count(*) from voip.\(table) as t where t::text ~ '9160000001|916 000-00-01|Anna'"
                    + (table == "reject" ? " or encode(t.record, 'escape') ~ '9160000001'" : "")
            ) > 0
        }.count
    }

    private func forget(_ bench: borrowing Bench, before moment: Moment = 2_000_000_000) throws -> Erasure.Summary {
        var summary = Erasure.Summary()
        let forms = NumberForms(try #require(PhoneNumber(e164: Self.number)))
        try bench.connection.transaction { connection in
            try Erasure(numbers: forms.numbers.map(\.description), pattern: forms.pattern)
                .run(connection, before: moment, removesContacts: true, into: &summary)
        }
        return summary
    }

    @Test func `a person is erased everywhere, and the calls stay`() async throws {
        try await withLoaded { bench in
            let summary = try forget(bench)
            #expect(
                Dictionary(uniqueKeysWithValues: summary.rows.map { ($0.table, $0.count) })
                    == [
                        "cdr": 2, "call": 2, "queue_visit": 1, "queue_event": 1, "reject": 1, "callback": 2,
                        "contact": 2,
                    ]
            )
            #expect(try trace(bench) == 0)
            #expect(try bench.connection.count("select count(*) from voip.call") == 3)
            #expect(try bench.connection.count("select count(*) from voip.cdr") == 3)
            // Boris shared the number, so he was removed with it; the call of his own number now has no contact.
            #expect(
                try bench.connection.texts(
                    "select customer_e164 || ' ' || match from voip.call where customer_e164 is not null"
                ) == ["+79160000002 unmatched"]
            )
        }
    }

    @Test func `the files that were loaded do not bring the person back`() async throws {
        try await withLoaded { bench in
            _ = try forget(bench)
            let again = try bench.run(["\(bench.folder)/Master.csv"], queueLog: ["\(bench.folder)/queue_log"])
            #expect(again.cdr?.unchanged == 3 && again.cdr?.updated == 0)
            #expect(try trace(bench) == 1)  // The torn record, which is rejected again.
            #expect(try bench.connection.count("select count(*) from voip.reject") == 1)
            _ = try forget(bench)
        }
    }

    @Test func `the list finds a number that came back, and only data older than the request`() async throws {
        try await withLoaded { bench in
            var list = ForgottenNumbers()
            let hash = try list.hash(of: Self.number, bench.connection)
            list.add(.init(hash: hash, moment: Moment(seconds: noon + 30)))
            try list.remember(bench.connection)
            let returned = try list.returned(bench.connection)
            #expect(returned.map(\.number) == [Self.number])
            #expect(returned.map(\.moment) == [Moment(seconds: noon + 30)])
            var summary = Erasure.Summary()
            let forms = NumberForms(try #require(PhoneNumber(e164: Self.number)))
            try bench.connection.transaction { connection in
                try Erasure(numbers: forms.numbers.map(\.description), pattern: forms.pattern)
                    .run(connection, before: returned[0].moment, removesContacts: false, into: &summary)
            }
            // The call a minute later is a new one.
            #expect(
                try bench.connection.texts("select linkedid from voip.call where customer_e164 = '\(Self.number)'")
                    == ["\(noon + 60).2"]
            )
            // Another key finds nothing.
            var stranger = ForgottenNumbers()
            stranger.add(.init(hash: hash, moment: Moment(seconds: noon + 30)))
            #expect(try stranger.returned(bench.connection).isEmpty)
        }
    }
}

/// The list of forgotten numbers as a file.
struct ForgottenNumbersTests {
    @Test func `a list is read back as written`() throws {
        var list = ForgottenNumbers()
        list.add(.init(hash: String(repeating: "0a", count: 32), moment: 1_795_348_800))
        let text = list.text
        #expect(text.contains("2026-11-22T12:00:00Z 0a0a"))
        #expect(ForgottenNumbers(text: text) == list)
    }

    @Test(arguments: ["", "key 12\n", "2026-11-22T12:00:00Z 00\n", "key zz\n", "whatever\n"])
    func `a damaged list is refused`(text: String) {
        #expect(ForgottenNumbers(text: text) == nil)
    }

    /// The expected value is that of Python's `hmac.new(bytes([11] * 32), b"+79160000001", "sha256")`.
    @Test(.enabled(if: TestPostgres.shared != nil, "\(TestPostgres.reasonForAbsence)"))
    func `the hash is HMAC-SHA-256`() async throws {
        let list = try #require(ForgottenNumbers(text: "key \(String(repeating: "0b", count: 32))\n"))
        try await TestPostgres.shared?.withDatabase { connection in
            let hash = try list.hash(of: "+79160000001", connection)
            #expect(hash == "b87168c7249fe0dbc2d127ae19353979db6d7e4b79655208815945e1139aa089")
        }
    }
}
