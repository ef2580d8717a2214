/// A CDR as written by `cdr_csv` (`cdr/cdr_csv.c`, `build_csv_record`): texts quoted, numbers not.
struct CDRLine {
    var accountcode = ""
    var src = "79161234567"
    var dst = "101"
    var clid = "\"Анна \"А\"\" <79161234567>"
    var lastdata = "PJSIP/101,30"
    var start = "2026-11-22 12:00:00"
    var answer = "2026-11-22 12:00:05"
    var end = "2026-11-22 12:00:30"
    var duration = "30"
    var billsec = "25"
    var amaflags = "DOCUMENTATION"
    var uniqueid = "1795348800.1"
    var userfield = ""
    var peeraccount = ""
    var linkedid = "1795348800.1"
    var sequence = "1"

    /// The sixteen columns that always exist.
    private var base: String {
        let texts = [accountcode, src, dst, "from-trunk", clid, "PJSIP/trunk-00000001", "PJSIP/101-00000002", "Dial"]
        let times = [start, answer, end].map { $0.isEmpty ? "" : Self.quoted($0) }
        return
            ((texts + [lastdata]).map(Self.quoted) + times + [duration, billsec, "\"ANSWERED\"", Self.quoted(amaflags)])
            .joined(separator: ",")
    }

    /// With `loguniqueid`, `loguserfield` and `newcdrcolumns` of cdr.conf.
    func csv(uniqueid hasUniqueID: Bool = true, userfield hasUserfield: Bool = true, new: Bool = true) -> String {
        base + (hasUniqueID ? ",\(Self.quoted(uniqueid))" : "") + (hasUserfield ? ",\(Self.quoted(userfield))" : "")
            + (new ? ",\(Self.quoted(peeraccount)),\(Self.quoted(linkedid)),\(sequence)" : "") + "\n"
    }

    /// As the mapping of `cdr_custom.conf.sample` writes it, all quoted, with this many of its last columns.
    func custom(_ last: Int = 3) -> String {
        let columns = [
            clid, src, dst, "from-trunk", "PJSIP/trunk-00000001", "PJSIP/101-00000002", "Dial", lastdata, start, answer,
            end, duration, billsec, "ANSWERED", amaflags, accountcode,
        ]
        return (columns + [uniqueid, userfield, sequence].prefix(last)).map(Self.quoted).joined(separator: ",") + "\n"
    }

    static func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }

    /// Calls one second apart.
    static func calls(_ count: Int, from first: Int = 0) -> [CDRLine] {
        (first..<first + count).map { number in
            var line = CDRLine()
            let second = number % 60 < 10 ? "0\(number % 60)" : "\(number % 60)"
            line.start = "2026-11-22 12:0\(number / 60 % 10):\(second)"
            line.uniqueid = "\(1_795_348_800 + number).\(number)"
            line.linkedid = line.uniqueid
            line.sequence = "\(number)"
            return line
        }
    }
}
