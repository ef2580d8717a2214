import CallRecords
import Load
import Transform

/// Reads and ranks the numbers of contacts by an index of them.
struct IndexLinker: ContactLinker {
    private var builder = ContactIndexBuilder(keepingNames: false)
    private let normaliser: NumberNormaliser

    init(_ normaliser: NumberNormaliser) { self.normaliser = normaliser }

    mutating func add(_ row: ContactRecord) -> PhoneTally { builder.add(row, normaliser: normaliser) }

    func forEachNumber(_ body: (PhoneNumber) throws -> Void) rethrows { try builder.forEachNumber(body) }

    mutating func forEachLink(_ body: (ContactNumber) throws -> Void) rethrows {
        // Moved, not copied: its entries are sorted in place.
        var filled = ContactIndexBuilder(keepingNames: false)
        swap(&filled, &builder)
        try (consume filled).build().forEachLink(body)
    }
}
