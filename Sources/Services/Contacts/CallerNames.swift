public import Base
import CallRecords
public import Configuration
import Load
import Transform
import Warehouse

/// The names of callers, from the warehouse's contacts.
public struct CallerNames {
    /// The owner of a number.
    public struct Contact: Sendable, Equatable {
        /// What the contact is, such as `contact` or `lead`.
        public var kind: String
        /// The CRM's own id.
        public var id: String
        /// The name shown to people.
        public var name: String
        /// Who is responsible for the contact; nil if nobody is named.
        public var owner: String?

        /// The contact as an object.
        public var json: JSON {
            .object([
                ("kind", .string(kind)), ("id", .string(id)), ("name", .string(name)),
                ("owner", owner.map(JSON.string) ?? .null),
            ])
        }
    }

    /// By the digits of the number in E.164.
    private var contacts: [String: Contact] = [:]
    private let numbers: NumberNormaliser?

    /// No names.
    public init() {
        numbers = nil
    }

    /// Reads the contacts once. Does not create a warehouse.
    ///
    /// - Throws: `WarehouseError` or `PostgresError`. A board without names is better than none: report the error and
    ///   continue.
    public init(_ settings: Settings, pbx: String?) async throws {
        numbers = (try? settings.pbx(pbx)).flatMap { try? NumberPlan($0) }.map {
            NumberNormaliser(plan: $0, capacity: 4096)
        }
        let access = WarehouseAccess(settings)
        guard access.isReadable else { return }
        contacts = try await access.look { warehouse in
            var best: [String: (contact: Contact, priority: Int16)] = [:]
            try ContactStore.forEachContact(warehouse.connection) { contact in
                for phone in contact.phones {
                    let key = Self.digits(phone.text)
                    guard phone.priority < best[key]?.priority ?? .max else { continue }
                    let known = Contact(
                        kind: contact.kind.rawValue,
                        id: contact.id,
                        name: contact.name,
                        owner: contact.owner
                    )
                    best[key] = (known, phone.priority)
                }
            }
            return best.mapValues(\.contact)
        }
    }

    /// The contact's name, for a number as the trunk wrote it.
    public func name(of number: String) -> String? {
        guard !contacts.isEmpty, let phone = numbers?.party(number, as: .caller).phoneNumber else { return nil }
        return contacts[Self.digits(phone.description)]?.name
    }

    /// The contact with a number in E.164.
    public func contact(ofE164 number: String) -> Contact? { contacts[Self.digits(number)] }

    private static func digits(_ number: String) -> String { number.filter { $0.isASCII && $0.isNumber } }
}
