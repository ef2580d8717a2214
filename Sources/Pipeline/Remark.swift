import Base
import Extract
import Transform

/// A message for the user about a source.
enum Remark: Sendable {
    /// Something is wrong and should be fixed.
    case warning(String)
    /// A permanent property of the source, which is no reason to send mail every night.
    case notice(String)

    /// Texts that were not UTF-8 in a source. If their encoding was configured, nothing is reported.
    static func texts(_ texts: TextNotes, in source: String) -> [Remark] {
        var remarks: [Remark] = []
        if let guessed = texts.guessed {
            remarks.append(
                .warning(
                    "\(texts.decoded) texts in \(source) are not UTF-8; they look like \(guessed.rawValue) and were read as such. Set"
                        + " `encoding = \"\(guessed.rawValue)\"` in [pbx.NAME] to confirm this, or set the right encoding."
                )
            )
        }
        if texts.damaged > 0 {
            remarks.append(
                .notice(
                    "\(texts.damaged) texts in \(source) have a NUL or end inside a character; that part was replaced."
                )
            )
        }
        return remarks
    }
}

extension Remark {
    /// Records that contradicted themselves, for example after a clock was set back.
    static func mendedTimes(_ count: Int, in source: String) -> [Remark] {
        count > 0
            ? [
                .notice(
                    "\(count) records in \(source) were answered before their start or after their end, or talked for longer"
                        + " than they lasted. Their times were corrected."
                )
            ] : []
    }

    /// Dispositions that Asterisk does not write.
    static func unknownDispositions(_ count: Int, _ example: String?, in source: String) -> [Remark] {
        guard count > 0, let example else { return [] }
        return [
            .notice(
                "\(count) records in \(source) have an unknown disposition (“\(example)”). They count as answered if they have a"
                    + " time of answer or seconds of talk."
            )
        ]
    }
}

extension ZoneFinder.Finding {
    /// The zone in which a source is read, if that is worth mentioning.
    var remarks: [Remark] {
        guard let warning else { return [] }
        return [isContradiction ? .warning(warning) : .notice(warning)]
    }
}

extension QueueLogReader {
    /// Observations of the reader that the user should know about.
    var remarks: [Remark] { Remark.texts(notes.texts, in: path) }
}

extension MasterCSVReader {
    /// Observations of the reader that the user should know about.
    var remarks: [Remark] {
        var remarks = Remark.texts(notes.texts, in: path)
        if notes.furtherColumns > 0, let layout = notes.layouts.first {
            remarks.append(
                .notice(
                    "\(path) has \(notes.furtherColumns) columns after those of a known layout, which are not read: \(layout.name)."
                )
            )
        }
        if notes.layouts.count > 1 {
            let names = notes.layouts.map(\.name).joined(separator: ", then ")
            remarks.append(.notice("\(path) changes its layout in the middle: \(names)."))
        }
        return remarks
    }
}

extension TableNotes {
    /// Observations of a table's reader that the user should know about.
    func remarks(on table: String) -> [Remark] {
        var remarks = Remark.texts(texts, in: table)
        if resumptions > 0 {
            remarks.append(
                .warning("The connection to the PBX's database was lost \(resumptions) times and restored.")
            )
        }
        if cutNames > 0 {
            remarks.append(
                .warning(
                    "\(cutNames) rows of \(table) have a uniqueid or linkedid that fills its column and may have been cut."
                        + " Cut ones join unrelated calls, and make legs that differ from those of a"
                        + " file. Shorten `systemname` in asterisk.conf, or widen the column."
                )
            )
        }
        return remarks
    }
}
