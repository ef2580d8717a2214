import Base
import CallRecords

/// A line of a Master.csv with all 21 columns, given by what matters in a test.
struct Line {
    var uniqueid: String
    var linkedid: String
    var sequence: Int?
    /// Seconds since 1970 UTC.
    var start: Int64
    var duration: Int64 = 30
    var billsec: Int64 = 20
    var disposition = "ANSWERED"
    var src = "79160000001"
    var dst = "101"
    var channel = "PJSIP/trunk-00000001"
    var dstchannel = "PJSIP/101-00000002"
    var lastapp = "Dial"
    var lastdata = "PJSIP/101"
    var userfield = ""

    init(_ uniqueid: String, linkedid: String? = nil, sequence: Int? = 0, start: Int64? = nil) {
        self.uniqueid = uniqueid
        self.linkedid = linkedid ?? uniqueid
        self.sequence = sequence
        self.start = start ?? UniqueID(uniqueid)?.epoch ?? 0
    }

    /// With these changes.
    func with(_ change: (inout Line) -> Void) -> Line {
        var copy = self
        change(&copy)
        return copy
    }

    /// In UTC.
    var csv: String { csv { CivilTime(secondsSince1970: $0).description } }

    /// With times as shown by the PBX's clock.
    func csv(_ zone: ZoneTable) -> String { csv { CivilTime(secondsSince1970: zone.wall(at: $0)).description } }

    private func csv(_ time: (Int64) -> String) -> String {
        let answer = disposition == "ANSWERED" ? "\"\(time(start + duration - billsec))\"" : ""
        return """
            "","\(src)","\(dst)","from-internal","","\(channel)","\(dstchannel)","\(lastapp)","\(lastdata)",\
            "\(time(start))",\(answer),"\(time(start + duration))",\(duration),\(billsec),"\(disposition)",\
            "DOCUMENTATION","\(uniqueid)","\(userfield)","","\(linkedid)",\(sequence.map(String.init) ?? "")

            """
    }
}

extension [Line] {
    /// The file.
    var csv: String { map(\.csv).joined() }
}

/// 2026-11-22 12:00:00 UTC
let noon: Int64 = 1_795_348_800
