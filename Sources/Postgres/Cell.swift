import Base
import CLibPQ

/// The bytes of one value and their interpretation. An accessor returns nil if they are of another type.
struct Cell {
    let bytes: UnsafeRawBufferPointer
    let type: Oid
    let isBinary: Bool

    var int64: Int64? {
        guard isBinary else { return text.flatMap { Int64($0) } }
        return switch type {
        case PostgresType.int2: bytes.integer(as: Int16.self).map { Int64($0) }
        case PostgresType.int4: bytes.integer(as: Int32.self).map { Int64($0) }
        case PostgresType.int8: bytes.integer(as: Int64.self)
        default: nil
        }
    }

    var double: Double? {
        guard isBinary else { return text.flatMap { Double($0) } }
        return switch type {
        case PostgresType.float4: bytes.integer(as: UInt32.self).map { Double(Float(bitPattern: $0)) }
        case PostgresType.float8: bytes.integer(as: UInt64.self).map { Double(bitPattern: $0) }
        default: int64.map { Double($0) }
        }
    }

    var bool: Bool? {
        guard type == PostgresType.bool, bytes.count == 1 else { return nil }
        return isBinary ? bytes[0] != 0 : bytes[0] == UInt8(ascii: "t")
    }

    var moment: Moment? {
        guard isBinary, type == PostgresType.timestamptz else { return nil }
        return bytes.integer(as: Int64.self).map(Timestamp.received)
    }

    var text: String? {
        if isBinary && !Self.textTypes.contains(type) { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// text, varchar, bpchar, name, unknown, json, xml: the types whose binary form is their text.
    private static let textTypes: Set<Oid> = [PostgresType.text, 1043, 1042, 19, 705, PostgresType.json, 142]
}

extension UnsafeRawBufferPointer {
    /// The whole buffer as one number in network byte order; nil if the size differs.
    func integer<Integer: FixedWidthInteger & BitwiseCopyable>(as type: Integer.Type) -> Integer? {
        count == MemoryLayout<Integer>.size ? Integer(bigEndian: loadUnaligned(as: type)) : nil
    }
}
