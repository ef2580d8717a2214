import CallRecords
public import Configuration
import Load
import Transform
import Warehouse

/// The names under which the warehouse's contacts know callers.
public struct CallerNames {
    /// By the digits of the number in E.164.
    private var names: [String: String] = [:]
    private let numbers: NumberNormaliser?

    /// Nobody is known.
    public init() {
        numbers = nil
    }

    /// Reads the contacts once, and makes no warehouse where there is none.
    ///
    /// - Throws: `WarehouseError` or `PostgresError`. A board without names is better than none: say so and go on.
    public init(_ settings: Settings, pbx: String?) async throws {
        numbers = (try? settings.pbx(pbx)).flatMap { try? NumberPlan($0) }.map {
            NumberNormaliser(plan: $0, capacity: 4096)
        }
        let access = WarehouseAccess(settings)
        guard access.exists else { return }
        names = try await access.open { warehouse in
            var best: [String: (name: String, priority: Int16)] = [:]
            try ContactStore.forEachContact(warehouse.connection) { contact in
                for phone in contact.phones {
                    let key = Self.digits(phone.text)
                    if phone.priority < best[key]?.priority ?? .max { best[key] = (contact.name, phone.priority) }
                }
            }
            return best.mapValues(\.name)
        }
    }

    /// The contact's name for a number as the trunk wrote it.
    public func name(of number: String) -> String? {
        guard !names.isEmpty, let phone = numbers?.party(number, as: .caller).phoneNumber else { return nil }
        return names[Self.digits(phone.description)]
    }

    private static func digits(_ number: String) -> String { number.filter { $0.isASCII && $0.isNumber } }
}
