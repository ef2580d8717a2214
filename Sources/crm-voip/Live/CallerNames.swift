import CallRecords
import Configuration
import Glibc
import Load
import Transform
import Warehouse

/// The names under which the warehouse's contacts know callers.
struct CallerNames {
    /// By the digits of the number in E.164.
    private var names: [String: String] = [:]
    private let numbers: NumberNormaliser?

    /// Nobody is known.
    init() {
        numbers = nil
    }

    /// Reads the contacts once. A board without names is better than none, so a warehouse that cannot be read is only told of;
    /// and one that was never made is not made for it.
    init(_ settings: Settings, pbx: String?, messages: Messages) async {
        numbers = (try? settings.pbx(pbx)).flatMap { try? NumberPlan($0) }.map {
            NumberNormaliser(plan: $0, capacity: 4096)
        }
        guard Self.isThere(settings) else { return }
        do {
            names = try await WarehouseAccess(settings).open { warehouse in
                var best: [String: (name: String, priority: Int16)] = [:]
                try ContactStore.forEachContact(warehouse.connection) { contact in
                    for phone in contact.phones {
                        let key = Self.digits(phone.text)
                        if phone.priority < best[key]?.priority ?? .max { best[key] = (contact.name, phone.priority) }
                    }
                }
                return best.mapValues(\.name)
            }
        } catch {
            messages.warning("Callers are shown without their contacts' names: \(error)")
        }
    }

    /// The contact's name for a number as the trunk wrote it.
    func name(of number: String) -> String? {
        guard !names.isEmpty, let phone = numbers?.party(number, as: .caller).phoneNumber else { return nil }
        return names[Self.digits(phone.description)]
    }

    private static func digits(_ number: String) -> String { number.filter { $0.isASCII && $0.isNumber } }

    private static func isThere(_ settings: Settings) -> Bool {
        if case .embedded = settings.warehouse.server {
            return access("\(settings.warehouse.dataDirectory)/postgresql", F_OK) == 0
        }
        return true
    }
}
