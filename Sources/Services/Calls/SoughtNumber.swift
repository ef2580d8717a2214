import Base
import CallRecords
import Postgres
import Transform
import Warehouse

/// A number by which to find calls, in every form in which the warehouse stores one: E.164, the outside number as the
/// PBX wrote it, an extension, and our own number as the trunk delivers it.
struct SoughtNumber {
    /// The number in E.164, in all forms that the subscriber's number has or had.
    let phones: [String]
    /// Extensions, and outside numbers that have no E.164 form.
    let forms: [String]
    /// Our own numbers, as in `voip.calls.did`.
    let dids: [String]
    /// The last four digits of ``forms`` and ``patterns``; `nil` if a pattern has fewer.
    let ends: [String]?
    /// Patterns for `like`, for the outside number.
    let patterns: [String]

    /// The exact number: read first as a caller's, then as a dialled one.
    init(_ text: String, _ normaliser: NumberNormaliser, _ connection: borrowing Connection) throws(PostgresError) {
        let readings = Self.readings(text, normaliser)
        let typed = text.filter { $0.isASCIIDigit || $0 == "*" || $0 == "#" }
        let digits = Self.digits(text)
        phones = readings.flatMap { PhoneNumber(e164: $0).map { NumberForms($0).numbers.map(\.description) } ?? [$0] }
        forms = typed == digits ? [digits] : [digits, typed]
        dids = try Self.dids(connection).filter { did in
            let written = Self.digits(did)
            if written == digits { return !digits.isEmpty }
            // A trunk may deliver only the end of a number.
            if written.count >= Self.leastEnd, readings.contains(where: { $0.hasSuffix(written) }) { return true }
            guard readings.contains(where: { $0.suffix(4) == written.suffix(4) }) else { return false }
            return normaliser.party(did, as: .did).phoneNumber.map { readings.contains($0.description) } ?? false
        }
        ends = forms.map { String($0.suffix(4)) }
        patterns = []
    }

    /// All numbers that end with the digits of `text`, of which only the last ten are used.
    init(endOf text: String, _ connection: borrowing Connection) throws(PostgresError) {
        let end = String(Self.digits(text).suffix(10))
        (phones, forms) = ([], [])
        dids = try Self.dids(connection).filter { Self.digits($0).hasSuffix(end) }
        ends = end.count < 4 ? nil : [String(end.suffix(4))]
        patterns = end.isEmpty ? [] : ["%" + end]
    }

    /// The calls that have it, in no particular order; `nil` if there are many.
    ///
    /// - Parameters:
    ///   - pbx: of this PBX, or of all.
    ///   - many: more calls than this are many. For the end of a number the limit is lower, because it takes longer to
    ///     find.
    func calls(
        pbx: String?,
        many: Int,
        _ connection: borrowing Connection
    ) throws(PostgresError) -> [Int64]? {
        let exact = try connection.queryByIndex(
            SQLFiles.Calls.ofNumber,
            [.textArray(phones), .textArray(forms), .textArray(dids), .text(pbx), .int64(Int64(many) + 1)]
        ).map { row throws(PostgresError) in try row.int64(0) }
        if exact.count > many { return nil }
        guard let ending = try ending(pbx: pbx, many: many / 5, connection) else { return nil }
        return Array(Set(exact).union(ending))
    }

    /// The calls by the end of the number, in no particular order; `nil` if there are many.
    private func ending(
        pbx: String?,
        many: Int,
        _ connection: borrowing Connection
    ) throws(PostgresError) -> [Int64]? {
        let candidates = try connection.queryByIndex(
            SQLFiles.Calls.ofNumberEnd,
            [
                .textArray(forms), ends.map(Parameter.textArray) ?? .null, .textArray(patterns), .text(pbx),
                .int64(Int64(many) + 1),
            ]
        ).map { row throws(PostgresError) in (call: try row.int64(0), isSought: try row.boolIfPresent(1) ?? false) }
        if candidates.count <= many { return candidates.filter(\.isSought).map(\.call) }
        let found = try connection.query(
            SQLFiles.Calls.ofWrittenNumber,
            [.textArray(forms), .textArray(patterns), .text(pbx), .int64(Int64(many) + 1)]
        ).map { row throws(PostgresError) in try row.int64(0) }
        return found.count > many ? nil : found
    }

    /// With fewer digits than these, another number is as likely as the end of one of ours.
    private static let leastEnd = 6

    private static func readings(_ text: String, _ normaliser: NumberNormaliser) -> [String] {
        [normaliser.party(text, as: .caller), normaliser.party(text, as: .dialled)]
            .compactMap { $0.phoneNumber?.description }
    }

    /// A PBX has dozens of them, rarely thousands.
    private static func dids(_ connection: borrowing Connection) throws(PostgresError) -> [String] {
        try connection.query(SQLFiles.Calls.dids, [.int64(10_000)])
            .map { row throws(PostgresError) in try row.text(0) }
    }

    private static func digits(_ text: String) -> String { text.filter(\.isASCIIDigit) }
}

extension Character {
    var isASCIIDigit: Bool { isASCII && isNumber }
}
