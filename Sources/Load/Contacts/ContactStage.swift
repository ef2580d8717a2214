import Base
import CallRecords
import Postgres
import Warehouse

/// Sends the contacts that differ, their numbers and their links to the server's temporary tables.
struct ContactStage {
    private var difference: ContactDifference
    /// Whether all contacts of the source are staged.
    private var hasAll: Bool { difference.changed == difference.ids.count }
    /// Whether the source has none of the stored contacts: those of the first sync, or of another CRM.
    var replacesAll: Bool { difference.stored == 0 && difference.changed > 0 }

    init(_ difference: ContactDifference) { self.difference = difference }

    /// Stages the contacts that are gone, and forgets them: they may be a million, and as many others are to come.
    mutating func gone(_ connection: borrowing Connection) throws {
        _ = try connection.copyIn("COPY contact_gone FROM STDIN (FORMAT binary)") { writer in
            for contact in difference.gone {
                try writer.beginRow(columns: 1)
                writer.int64(contact)
            }
        }
        difference.gone = []
        UnusedMemory.giveBack()
    }

    /// Stages one row for each contact that is new or may have changed.
    ///
    /// - Parameter snapshot: all contacts. If all are staged, it may be empty afterwards.
    /// - Returns: how many of their phones can be read.
    func contacts(
        _ snapshot: inout ContactSnapshot,
        _ linker: inout some ContactLinker,
        _ connection: borrowing Connection
    ) throws -> PhoneTally {
        var sum = PhoneTally()
        _ = try connection.copyIn("COPY contact_stage FROM STDIN (FORMAT binary)") { writer in
            for (contact, isChanged) in difference.isChanged.enumerated() where isChanged {
                if hasAll { snapshot.release(before: contact) }
                var tally = PhoneTally()
                guard let latest = Self.read(contact, of: snapshot, &linker, &tally) else { continue }
                sum += tally
                try write(latest, difference.ids[contact], snapshot.fingerprint(contact), tally, to: &writer)
            }
        }
        return sum
    }

    /// Stages the links of all contacts that were added.
    func links(
        _ snapshot: ContactSnapshot,
        _ linker: inout some ContactLinker,
        _ connection: borrowing Connection
    ) throws {
        var number: [UInt8] = []
        _ = try connection.copyIn("COPY contact_link_stage FROM STDIN (FORMAT binary)") { writer in
            try linker.forEachLink { link in
                try writer.beginRow(columns: 6)
                let id = snapshot.index(of: link).map { difference.ids[$0] } ?? 0
                writer.int64(ifPresent: id == 0 ? nil : id)
                writer.number(link.number, &number)
                writer.text(link.kind.rawValue)
                writer.text(link.id)
                writer.int16(link.priority)
                writer.int16(Int16(clamping: link.place))
            }
        }
    }

    /// Stages every number of a contact that differs, before and after, and the links of all contacts that have one of
    /// them.
    func touched(
        _ snapshot: ContactSnapshot,
        _ linker: inout some ContactLinker,
        _ connection: borrowing Connection
    ) throws {
        if hasAll {
            try connection.execute(SQLFiles.Contacts.touched)
            try links(snapshot, &linker, connection)
            try connection.execute(SQLFiles.Contacts.touchAll)
        } else {
            try numbers(linker, connection)
            try connection.execute(SQLFiles.Contacts.touched)
            try addSharing(snapshot, &linker, connection)
            try links(snapshot, &linker, connection)
        }
    }

    private func numbers(_ linker: some ContactLinker, _ connection: borrowing Connection) throws {
        var number: [UInt8] = []
        _ = try connection.copyIn("COPY contact_number_touched FROM STDIN (FORMAT binary)") { writer in
            try linker.forEachNumber {
                try writer.beginRow(columns: 1)
                writer.number($0, &number)
            }
        }
    }

    /// Adds the contacts that have not changed, but share a number with one that has.
    private func addSharing(
        _ snapshot: ContactSnapshot,
        _ linker: inout some ContactLinker,
        _ connection: borrowing Connection
    ) throws {
        var sharing: Set<Int64> = []
        try connection.copyOut(SQLFiles.Contacts.sharing) { row in sharing.insert(try row.int64(0)) }
        guard !sharing.isEmpty else { return }
        for (contact, id) in difference.ids.enumerated() where !difference.isChanged[contact] && sharing.contains(id) {
            snapshot.forEachRow(of: contact) { _ = linker.add($0) }
        }
    }

    /// Adds a contact's rows to the linker.
    ///
    /// - Returns: the row that describes it.
    private static func read(
        _ contact: ContactSnapshot.Index,
        of snapshot: ContactSnapshot,
        _ linker: inout some ContactLinker,
        _ tally: inout PhoneTally
    ) -> ContactRecord? {
        var latest: ContactRecord?
        snapshot.forEachRow(of: contact) { row in
            tally += linker.add(row)
            if latest.map({ isLater(row, $0) }) ?? true { latest = row }
        }
        return latest
    }

    /// Which of a contact's rows describes it: the latest one, and among several the first by name, owner and extension,
    /// so that the order of the source does not matter.
    private static func isLater(_ left: ContactRecord, _ right: ContactRecord) -> Bool {
        if left.updatedAt != right.updatedAt {
            return left.updatedAt ?? .distantPast > right.updatedAt ?? .distantPast
        }
        if left.name != right.name { return left.name < right.name }
        // Somebody comes before nobody.
        for (a, b) in [(left.owner, right.owner), (left.extension, right.extension)] where a != b {
            guard let a, let b else { return a != nil }
            return a < b
        }
        return false
    }

    private func write(
        _ contact: ContactRecord,
        _ id: Int64,
        _ fingerprint: Int64,
        _ phones: PhoneTally,
        to writer: inout CopyWriter
    ) throws {
        try writer.beginRow(columns: 10)
        writer.int64(ifPresent: id == 0 ? nil : id)
        writer.text(contact.kind.rawValue)
        writer.text(contact.id)
        writer.text(contact.name)
        writer.text(ifPresent: contact.owner)
        writer.text(ifPresent: contact.extension)
        writer.moment(ifPresent: contact.updatedAt)
        writer.int64(fingerprint)
        writer.int32(Int32(clamping: phones.readable))
        writer.int32(Int32(clamping: phones.unreadable))
    }
}

extension CopyWriter {
    /// A number in E.164, written in memory that is used again for the next one.
    fileprivate mutating func number(_ number: PhoneNumber, _ scratch: inout [UInt8]) {
        scratch.removeAll(keepingCapacity: true)
        number.write(to: &scratch)
        scratch.withUnsafeBytes { text($0) }
    }
}
