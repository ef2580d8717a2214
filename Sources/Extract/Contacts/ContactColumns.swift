internal import Base
internal import CallRecords

/// Which column of a contact list holds what, by the columns' names.
///
/// Names are compared without case, blanks, dashes and underscores; Russian ones are known where exports write them.
/// Columns with other names are passed over.
struct ContactColumns {
    enum Role: Hashable {
        case kind, id, name, firstName, middleName, lastName, owner, `extension`, updatedAt, priority
        /// A phone; the nth of them in the list has priority n.
        case phone(Int16)
    }

    /// The columns that are read, in the order of the list.
    private(set) var roles: [(column: Int, role: Role)] = []
    /// What is taken where no column tells.
    let defaultKind: ContactKind

    /// Finds the columns by their names, in order; the source's name is for the error's sentence.
    ///
    /// - Throws: ``ExtractError`` where no column holds phones or extensions.
    init(names: [String], defaultKind: ContactKind = .contact, source: String) throws(ExtractError) {
        self.defaultKind = defaultKind
        var phones: Int16 = 0
        var seen: Set<Role> = []
        for (column, name) in names.enumerated() {
            guard var role = Self.role(name) else { continue }
            if case .phone = role {
                role = .phone(min(phones, 99))
                phones += 1
            }
            if seen.insert(role).inserted { roles.append((column, role)) }
        }
        guard phones > 0 || seen.contains(.extension) else {
            throw ExtractError(
                .unknownTable,
                "\(source) has no column of phone numbers. Its columns are \(names.joined(separator: ", "));"
                    + " expected are kind, id, name, phone, owner."
            )
        }
    }

    private static func role(_ name: String) -> Role? {
        let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
        switch plain {
        case "kind", "type", "entity", "entitytype", "тип": return .kind
        case "id", "contactid", "externalid", "uid", "uuid", "recordid", "код", "ид": return .id
        case "name", "label", "fullname", "displayname", "contact", "contactname", "фио", "название", "контакт":
            return .name
        case "firstname", "givenname", "имя": return .firstName
        case "middlename", "additionalname", "отчество": return .middleName
        case "lastname", "familyname", "surname", "фамилия": return .lastName
        case "owner", "ownerid", "ownername", "manager", "assignedto", "responsible", "ответственный", "менеджер":
            return .owner
        case "extension", "ext", "pbxnumber", "pbxextension", "внутренний", "внутреннийномер": return .extension
        case "updatedat", "updated", "updatedate", "modified", "modifiedat", "modifiedtime", "datemodified",
            "writedate":
            return .updatedAt
        case "priority", "rank", "приоритет": return .priority
        default: break
        }
        // phone, phone2, mobile_phone, telephone 1, work tel.; a fax machine calls nobody.
        guard !plain.contains("fax"), !plain.contains("факс") else { return nil }
        let isPhone = ["phone", "mobile", "cell", "телефон", "мобильный", "сотовый"].contains { plain.contains($0) }
        let isShort = ["tel", "number", "msisdn", "тел", "номер"].contains {
            plain == $0 || plain.hasPrefix($0) && plain.dropFirst($0.count).allSatisfy(\.isNumber)
        }
        return isPhone || isShort ? .phone(0) : nil
    }

    /// Without the blanks around it.
    private static func trimmed(_ text: String) -> String {
        guard let first = text.utf8.first, let last = text.utf8.last, first <= 32 || last <= 32 else { return text }
        guard let end = text.utf8.lastIndex(where: { $0 > 32 }) else { return "" }
        return String(decoding: text.utf8[...end].drop { $0 <= 32 }, as: UTF8.self)
    }

    /// The contact of one row; `nil` for a row without id and phones.
    ///
    /// A list without ids makes do with the first phone: it is what the next sync will find again.
    func record(_ cell: (Int) -> String?) -> ContactRecord? {
        var record = ContactRecord(kind: defaultKind, id: "", name: "")
        var (first, middle, last) = ("", "", "")
        var penalty: Int16 = 0
        for (column, role) in roles {
            guard let text = cell(column).map(Self.trimmed), !text.isEmpty else { continue }
            switch role {
            case .kind: record.kind = ContactKind(rawValue: text.lowercased())
            case .id: record.id = text
            case .name: record.name = text
            case .firstName: first = text
            case .middleName: middle = text
            case .lastName: last = text
            case .owner: record.owner = text
            case .extension: record.extension = text
            case .updatedAt: record.updatedAt = CivilTime.instant(text).map(Moment.init(seconds:))
            case .priority: penalty = Int16(text) ?? 0
            case .phone(let place): record.phones.append(ContactPhone(text, priority: place))
            }
        }
        if record.name.isEmpty { record.name = [first, middle, last].filter { !$0.isEmpty }.joined(separator: " ") }
        for index in record.phones.indices {
            record.phones[index].priority = record.phones[index].priority.addingReportingOverflow(penalty).partialValue
        }
        if record.id.isEmpty {
            guard let phone = record.phones.first else { return nil }
            record.id = phone.text
        }
        return record
    }
}

extension CivilTime {
    /// Reads `2026-11-22`, `2026-11-22 23:17:09.5`, `2026-11-22T23:17:09+03:00`, `…Z`; UTC where no offset is written.
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
