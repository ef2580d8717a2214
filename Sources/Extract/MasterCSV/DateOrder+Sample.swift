import Base
import CallRecords

extension DateOrder {
    /// The order of dates, as shown by the fields of a sample.
    ///
    /// - Returns: the order; `auto` if no field is such a date; `nil` if the dates can be read both ways, or contradict
    ///   each other.
    static func told(by sample: [LayoutDetector.Sample], columns: [Int]? = nil) -> DateOrder? {
        var found = DateOrder.auto
        var isOpen = false
        for record in sample {
            for (index, field) in record.enumerated() where columns?.contains(index) ?? true {
                switch field.withUnsafeBufferPointer(evidence) {
                case .none: continue
                case .either: isOpen = true
                case .only(let order):
                    if found != .auto, found != order { return nil }
                    found = order
                }
            }
        }
        return found == .auto && isOpen ? nil : found
    }

    /// The sample, with its dates written as Asterisk writes them.
    func standardised(_ sample: [LayoutDetector.Sample]) -> [LayoutDetector.Sample] {
        if self == .auto { return sample }
        return sample.map { record in
            record.map { field in
                field.withUnsafeBufferPointer { text in
                    guard RawTime(parsing: text) == nil, case .wall? = RawTime(parsing: text, order: self) else {
                        return field
                    }
                    return Self.example
                }
            }
        }
    }

    /// Any time has the form of a time.
    private static let example = Array("2026-11-22 23:17:09".utf8)
}
