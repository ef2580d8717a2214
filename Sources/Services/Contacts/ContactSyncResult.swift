public import Base
import CallRecords
import Extract
import Load
public import Pipeline

/// What a refresh of the contacts changed.
public struct ContactSyncResult: ServiceResult {
    /// Whether nothing was changed.
    public let isDryRun: Bool
    /// The counts.
    public let summary: ContactRefresh.Summary

    /// The object that `contacts sync --json` prints.
    public var json: JSON {
        let sync = summary.sync
        return [
            "schema_version": 1,
            "dry_run": .boolean(isDryRun),
            "contacts": .integer(sync.contacts),
            "links": .integer(sync.links),
            "inserted": .integer(sync.inserted),
            "updated": .integer(sync.updated),
            "removed": .integer(sync.removed),
            "numbers_changed": .integer(sync.numbersChanged),
            "calls_relinked": .integer(sync.callsRelinked),
            "unreadable_phones": .integer(summary.sync.phones.unreadable),
            "skipped_rows": .integer(summary.skippedRows),
            "separated_rows": .integer(summary.conflicts),
            "sources": .array(
                summary.listings.map { listing in
                    [
                        "source": .string(listing.source),
                        "columns": .array(listing.read.map(JSON.string)),
                        "columns_not_read": .array(listing.passedOver.map(JSON.string)),
                        "encoding_guessed": listing.guessedEncoding.map { .string($0.rawValue) } ?? nil,
                    ]
                }
            ),
        ]
    }

    /// The warning about rows that are not contacts; `nil` if all are.
    public var skippedRowsWarning: String? {
        summary.skippedRows > 0 ? ContactDirectory.skipped(summary.skippedRows) : nil
    }

    /// What was read from the lists and what was not, one line each, for people.
    public var notes: [String] {
        var notes = summary.listings.flatMap { listing in
            ["\(listing.source): columns read: \(listing.read.joined(separator: ", "))"]
                + (listing.passedOver.isEmpty
                    ? [] : ["\(listing.source): columns not read: \(listing.passedOver.joined(separator: ", "))"])
                + (listing.guessedEncoding.map { encoding in
                    let name = encoding.rawValue
                    return [
                        "\(listing.source): not UTF-8; it looks like \(name) and was read as such. Set `encoding = \"\(name)\"` in"
                            + " [contacts] to confirm this, or set the right encoding."
                    ]
                } ?? [])
        }
        notes.append("phones: \(summary.sync.phones.readable) read, \(summary.sync.phones.unreadable) not readable")
        if summary.conflicts > 0 {
            notes.append("\(summary.conflicts) rows have the id of another row with another name, and were kept apart")
        }
        return notes
    }
}
