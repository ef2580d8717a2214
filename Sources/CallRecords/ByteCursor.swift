/// A reading position in borrowed bytes, for the small grammars of times, uniqueids and lists.
public struct ByteCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The next byte to read.
    public private(set) var position = 0

    /// A position at the first byte.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Whether all bytes were read.
    public var isAtEnd: Bool { position == bytes.count }

    /// Skips this byte if it is next.
    public mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Reads as many digits as there are, up to the upper bound; `nil` if there are too few, in which case nothing is
    /// read.
    public mutating func digits(_ count: ClosedRange<Int>) -> Int64? {
        var value: Int64 = 0
        var read = 0
        while read < count.upperBound, position + read < bytes.count {
            let digit = bytes[position + read] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value * 10 + Int64(digit)
            read += 1
        }
        guard read >= count.lowerBound else { return nil }
        position += read
        return value
    }
}

@available(*, unavailable)
extension ByteCursor: Sendable {}
