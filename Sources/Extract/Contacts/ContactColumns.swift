import Base
import CallRecords

/// Which column of a contact list contains what, according to the columns' names.
struct ContactColumns {
    enum Role: Hashable {
        case kind, id, name, firstName, middleName, lastName, company, owner, `extension`, updatedAt, priority
        /// A phone; the nth phone column in the list has priority n.
        case phone(Int16)
    }

    /// The columns that are read, in their order in the list.
    private(set) var roles: [(column: Int, role: Role)] = []
    /// Which columns are read and which are not, by the list's own headings.
    let listing: ContactListing
    /// The kind to use if no column specifies it.
    let defaultKind: ContactKind
    private let hasLastName: Bool

    /// Finds the columns by their names, in order; the source's name is used in error messages.
    ///
    /// - Throws: ``ExtractError`` if no column contains phones or extensions.
    init(names: [String], defaultKind: ContactKind = .contact, source: String) throws(ExtractError) {
        self.defaultKind = defaultKind
        var best: [Role: (column: Int, rank: Int)] = [:]
        var phones: Int16 = 0
        for (column, name) in names.enumerated() {
            guard let heading = ContactHeading(name) else { continue }
            if case .phone = heading.role {
                roles.append((column, .phone(min(phones, 99))))
                phones = min(phones + 1, 1000)
            } else if best[heading.role].map({ heading.rank < $0.rank }) ?? true {
                best[heading.role] = (column, heading.rank)
            }
        }
        // Nom and Name mean the surname if another column has the first name; a Nome beside a Cognome is the first
        // name.
        if let name = best[.name], best[.firstName] != nil, best[.lastName] == nil, name.rank == 2 {
            (best[.lastName], best[.name]) = (name, nil)
        } else if let name = best[.name], name.rank == 2, best[.firstName] == nil, best[.lastName] != nil {
            (best[.firstName], best[.name]) = (name, nil)
        }
        roles += best.map { ($0.value.column, $0.key) }
        roles.sort { $0.column < $1.column }
        hasLastName = best[.lastName] != nil
        let read = Set(roles.map(\.column))
        listing = ContactListing(
            source: source,
            read: roles.map { names[$0.column].printable },
            passedOver: names.indices.filter { !read.contains($0) && !names[$0].isEmpty }.map { names[$0].printable }
        )
        guard phones > 0 || best[.extension] != nil else {
            let shown = names.prefix(20).map(\.printable).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
            throw ExtractError(
                .unknownTable,
                "\(source.printable) has no column of phone numbers. Its first line must name the columns, such as kind, id, name,"
                    + " phone, owner; it has \(shown.prefix(500))."
            )
        }
    }

    /// The first headings, if the first line of a file is the header of a contact list.
    static func isHeader(of bytes: UnsafeBufferPointer<UInt8>) -> String? {
        for delimiter in Delimiter.candidates {
            var scanner = CSVScanner(delimiter: delimiter)
            let window = UnsafeBufferPointer(rebasing: bytes.prefix(64 * 1024))
            guard scanner.end(of: window, from: 0) != nil, scanner.fields.count > 1 else { continue }
            let names = scanner.fields.map { String(decoding: window[$0.start..<$0.end], as: UTF8.self) }
            guard let columns = try? ContactColumns(names: names, source: ""), columns.roles.count > 1 else { continue }
            return names.prefix(6).map(\.printable).joined(separator: ", ")
        }
        return nil
    }

    /// The text without surrounding blanks.
    private static func trimmed(_ text: String) -> String {
        guard let first = text.utf8.first, let last = text.utf8.last, first <= 32 || last <= 32 else { return text }
        guard let end = text.utf8.lastIndex(where: { $0 > 32 }) else { return "" }
        return String(decoding: text.utf8[...end].drop { $0 <= 32 }, as: UTF8.self)
    }

    /// The contact in one row; `nil` for a row without id and phones.
    ///
    /// A list without ids uses the first phone that can be read as a number, so that the next sync finds the same
    /// contact.
    func record(_ cell: (Int) -> String?) -> ContactRecord? {
        var record = ContactRecord(kind: defaultKind, id: "", name: "")
        var (first, middle, last, company) = ("", "", "", "")
        var penalty: Int16 = 0
        for (column, role) in roles {
            guard let text = cell(column).map(Self.trimmed), !text.isEmpty else { continue }
            switch role {
            case .kind: record.kind = ContactKind(rawValue: Self.kind(text.lowercased()))
            case .id: record.id = text
            case .name: record.name = text
            case .firstName: first = text
            case .middleName: middle = text
            case .lastName: last = text
            case .company: company = text
            case .owner: record.owner = text
            case .extension: record.extension = text
            case .updatedAt: record.updatedAt = CivilTime.instant(text).map(Moment.init(seconds:))
            case .priority: penalty = Int16(text) ?? 0
            case .phone(let place): record.phones.append(ContactPhone(text, priority: place))
            }
        }
        record.name = name(record.name, first, middle, last, company)
        for index in record.phones.indices {
            record.phones[index].priority = record.phones[index].priority.addingReportingOverflow(penalty).partialValue
        }
        if record.id.isEmpty {
            guard let id = record.phones.lazy.compactMap({ Self.numberLike($0.text) }).first ?? record.extension else {
                return nil
            }
            record.id = id
        }
        return record
    }

    private func name(_ name: String, _ first: String, _ middle: String, _ last: String, _ company: String) -> String {
        let parts = [first, middle, last].filter { !$0.isEmpty }.joined(separator: " ")
        if name.isEmpty { return parts.isEmpty ? company : parts }
        // A heading Name beside a first name may mean only the surname: Beck, and not Anna Beck.
        guard !hasLastName, !first.isEmpty, !name.split(separator: " ").contains(Substring(first)) else { return name }
        return "\(first) \(name)"
    }

    /// The CRM's word in English, if it matters for the order of contacts that share a number.
    private static func kind(_ word: String) -> String { english[word] ?? word }

    /// Looked up by hash: every contact has a kind, and a `switch` would compare it with one word after the other.
    private static let english: [String: String] = {
        var english: [String: String] = [:]
        for word in ["контакт", "kontakt", "contacto", "contato", "contatto", "kişi"] { english[word] = "contact" }
        for word in ["лид", "лід"] { english[word] = "lead" }
        for word in ["компания", "компанія", "firma", "unternehmen", "société", "empresa", "azienda", "şirket"] {
            english[word] = "company"
        }
        return english
    }()

    /// The first part of a field that can be a number: six digits or more, and more digits than letters.
    private static func numberLike(_ text: String) -> String? {
        var part = text[...]
        for mark in [":::", ";", "\n", "|"] {
            if let range = part.firstRange(of: mark) { part = part[..<range.lowerBound] }
        }
        let digits = part.count { $0.isNumber }
        guard digits >= 6, digits > part.count(where: \.isLetter) else { return nil }
        return trimmed(String(part))
    }
}

extension CivilTime {
    /// Reads `2026-11-22`, `2026-11-22 23:17:09.5`, `2026-11-22T23:17:09+03:00`, `…Z`; UTC if no offset is written.
    ///
    /// - Returns: seconds since 1970-01-01 00:00 UTC; `nil` for anything else.
    static func instant(_ text: String) -> Int64? {
        var text = text
        return text.withUTF8 { bytes in
            var cursor = ByteCursor(bytes)
            guard let year = cursor.digits(4...4), cursor.skip(UInt8(ascii: "-")), let month = cursor.digits(1...2),
                cursor.skip(UInt8(ascii: "-")), let day = cursor.digits(1...2)
            else { return nil }
            var (hour, minute, second, offset): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
            if cursor.skip(UInt8(ascii: " ")) || cursor.skip(UInt8(ascii: "T")) {
                guard let hours = cursor.digits(1...2), cursor.skip(UInt8(ascii: ":")),
                    let minutes = cursor.digits(2...2)
                else { return nil }
                (hour, minute) = (hours, minutes)
                if cursor.skip(UInt8(ascii: ":")) { second = cursor.digits(2...2) ?? 0 }
                if cursor.skip(UInt8(ascii: ".")) { _ = cursor.digits(1...9) }
                _ = cursor.skip(UInt8(ascii: " "))
                let isWest = cursor.skip(UInt8(ascii: "-"))
                if isWest || cursor.skip(UInt8(ascii: "+")) {
                    let hours = cursor.digits(2...2) ?? 0
                    _ = cursor.skip(UInt8(ascii: ":"))
                    offset = (hours * 60 + (cursor.digits(2...2) ?? 0)) * (isWest ? -60 : 60)
                } else if !cursor.skip(UInt8(ascii: "Z")), !cursor.isAtEnd {
                    return nil
                }
            }
            return CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
                .map { $0.secondsSince1970 - offset }
        }
    }
}
