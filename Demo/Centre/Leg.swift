/// A record that the PBX writes when somebody hangs up.
struct Leg: Sendable {
    var source = ""
    var destination = ""
    var context = ""
    /// The caller's name and number.
    var caller = ""
    let channel: Channel
    var far = ""
    var application = ""
    var data = ""
    let start: Int
    var answer: Int?
    var end: Int
    var disposition = "ANSWERED"
    var linkedid = ""
    let sequence: Int
    var did = ""
    var recording = ""

    /// A line as `cdr_csv` writes it with all its options (`build_csv_record` in cdr/cdr_csv.c), and two columns more, as sites
    /// add them in cdr_custom.conf: the number that was dialled, and the name of the recording.
    var line: String {
        var line = #""","#
        for text in [source, destination, context, caller, channel.name, far, application, data] {
            line += Self.quoted(text) + ","
        }
        line +=
            Self.quoted(BerlinClock.text(start)) + "," + (answer.map { Self.quoted(BerlinClock.text($0)) } ?? "") + ","
        line += Self.quoted(BerlinClock.text(end)) + ",\(end - start),\(answer.map { end - $0 } ?? 0),"
        for text in [disposition, "DOCUMENTATION", channel.uniqueid, "", "", linkedid] {
            line += Self.quoted(text) + ","
        }
        return line + "\(sequence)," + Self.quoted(did) + "," + Self.quoted(recording) + "\n"
    }

    /// The layout of these lines, as the key `layout` names it.
    static let layout = "csv+uniqueid+userfield+new,did,recordingfile"

    private static func quoted(_ text: String) -> String {
        "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
