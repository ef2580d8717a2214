import Base
import CallRecords

/// A CDR in the PBX's memory, before a backend writes it in its own way: the same evening of calls as a GMT Master.csv
/// and as rows of a local-time table.
struct SampleLeg {
    /// Seconds since 1970 UTC.
    var start: Int64
    var answer: Int64?
    var duration: Int64
    var billsec: Int64
    /// By the names of `CDR()`.
    var texts: [String: String]
    var sequence: Int

    /// Parses a line of the sample, which is in UTC with all 21 columns and has no newlines in fields.
    init(line: [UInt8]) {
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        for byte in line.dropLast() + [UInt8(ascii: ",")] {
            switch byte {
            // A doubled quote reopens what it has just closed.
            case UInt8(ascii: "\""):
                isQuoted.toggle()
                if isQuoted, field.last == 0 { field[field.count - 1] = byte } else if !isQuoted { field.append(0) }
            case UInt8(ascii: ",") where !isQuoted:
                fields.append(String(decoding: field.filter { $0 != 0 }, as: UTF8.self))
                field.removeAll()
            default: field.append(byte)
            }
        }
        texts = Dictionary(
            uniqueKeysWithValues: zip(
                [
                    "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata",
                    "start", "answer", "end", "duration", "billsec", "disposition", "amaflags", "uniqueid", "userfield",
                    "peeraccount", "linkedid", "sequence",
                ],
                fields
            )
        )
        start = Self.instant(texts["start"] ?? "") ?? 0
        answer = Self.instant(texts["answer"] ?? "")
        duration = Int64(texts["duration"] ?? "") ?? 0
        billsec = Int64(texts["billsec"] ?? "") ?? 0
        sequence = Int(texts["sequence"] ?? "") ?? 0
    }

    private static func instant(_ text: String) -> Int64? {
        var text = text
        guard case .wall(let wall)? = text.withUTF8({ RawTime(parsing: $0) }) else { return nil }
        return wall
    }

    /// As cdr_csv writes it with `usegmtime`, `loguniqueid` and `loguserfield`, and no `newcdrcolumns`.
    var csv18: String { csv(seconds: 0) + "\n" }

    /// The same in the PBX's own time.
    func csv(seconds ahead: Int64) -> String {
        let quoted: (String) -> String = { "\"\((texts[$0] ?? "").replacing("\"", with: "\"\""))\"" }
        let time: (Int64?) -> String = { $0.map { "\"\(CivilTime(secondsSince1970: $0 + ahead))\"" } ?? "" }
        let head = ["accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata"]
        return
            (head.map(quoted) + [
                time(start), time(answer), time(start + duration), "\(duration)", "\(billsec)", quoted("disposition"),
                quoted("amaflags"), quoted("uniqueid"), quoted("userfield"),
            ]).joined(separator: ",")
    }

    /// As in FreePBX's table, for `INSERT INTO cdr SET`.
    func row(secondsAhead ahead: Int64, _ more: String = "") -> String {
        let names = [
            "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata",
            "disposition", "uniqueid", "userfield", "peeraccount", "linkedid",
        ]
        var cells = names.map { name in
            "\(name) = '\((texts[name] ?? "").replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
        }
        cells.append("calldate = '\(CivilTime(secondsSince1970: start + ahead))'")
        cells += ["duration = \(duration)", "billsec = \(billsec)", "amaflags = 3", "sequence = \(sequence)"]
        return cells.joined(separator: ", ") + (more.isEmpty ? "" : ", \(more)")
    }
}
