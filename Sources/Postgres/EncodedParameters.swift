import CLibPQ

/// Parameters in the form that PQexecParams expects, with all their bytes in one buffer.
struct EncodedParameters {
    private var bytes: [UInt8] = []
    private var types: [Oid] = []
    /// The beginning of each value; nil for NULL.
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ parameters: [Parameter]) throws(PostgresError) {
        for parameter in parameters { try append(parameter) }
    }

    func withPointers<Result>(
        _ body: (
            UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { bytes in
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = offsets.map { offset -> UnsafePointer<CChar>? in
                guard let base, let offset else { return nil }
                return UnsafePointer(base + offset)
            }
            return body(types, pointers, lengths, formats)
        }
    }

    private mutating func append(_ parameter: Parameter) throws(PostgresError) {
        switch parameter {
        case .null:
            types.append(0)
            offsets.append(nil)
            lengths.append(0)
            formats.append(Format.binary.rawValue)
        case .text(let text):
            try add(0, .text) { bytes throws(PostgresError) in
                guard !text.utf8.contains(0) else {
                    throw PostgresError(.parameter, "A text for the database must not contain a NUL character.")
                }
                bytes.append(contentsOf: text.utf8)
            }
            bytes.append(0)
        case .int64(let value): try add(PostgresType.int8) { $0.appendInteger(value) }
        case .double(let value): try add(PostgresType.float8) { $0.appendInteger(value.bitPattern) }
        case .bool(let value): try add(PostgresType.bool) { $0.append(value ? 1 : 0) }
        case .bytes(let value): try add(PostgresType.bytea) { $0.append(contentsOf: value) }
        case .moment(let value): try add(PostgresType.timestamptz) { $0.appendInteger(Timestamp.sent(value)) }
        case .int64Array(let values): try addArray(values, of: PostgresType.int8) { $0.appendInteger($1) }
        case .textArray(let values): try addArray(values, of: PostgresType.text) { $0.append(contentsOf: $1.utf8) }
        case .bytesArray(let values): try addArray(values, of: PostgresType.bytea) { $0.append(contentsOf: $1) }
        case .momentArray(let values):
            try addArray(values, of: PostgresType.timestamptz) { $0.appendInteger(Timestamp.sent($1)) }
        }
    }

    private mutating func add(
        _ type: Oid,
        _ format: Format = .binary,
        _ encode: (inout [UInt8]) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        let start = bytes.count
        try encode(&bytes)
        guard let length = Int32(exactly: bytes.count - start) else {
            throw PostgresError(.parameter, "A parameter for the database is longer than 2 GiB.")
        }
        types.append(type)
        offsets.append(start)
        lengths.append(length)
        formats.append(format.rawValue)
        // An empty value at the end of the buffer must still point into it.
        bytes.append(0)
    }

    /// One dimension without NULLs, in the layout that array_recv in PostgreSQL's arrayfuncs.c reads.
    private mutating func addArray<Element>(
        _ values: [Element],
        of type: Oid,
        _ encode: (inout [UInt8], Element) -> Void
    ) throws(PostgresError) {
        guard let arrayType = PostgresType.array[type], let count = Int32(exactly: values.count) else {
            throw PostgresError(.parameter, "An array for the database is too long.")
        }
        try add(arrayType) { bytes throws(PostgresError) in
            bytes.appendInteger(Int32(values.isEmpty ? 0 : 1))
            bytes.appendInteger(Int32(0))
            bytes.appendInteger(type)
            guard !values.isEmpty else { return }
            bytes.appendInteger(count)
            bytes.appendInteger(Int32(1))
            for value in values {
                let start = bytes.count
                bytes.appendInteger(Int32(0))
                encode(&bytes, value)
                let length = UInt32(truncatingIfNeeded: bytes.count - start - 4)
                for place in 0..<4 { bytes[start + place] = UInt8(truncatingIfNeeded: length >> (24 - 8 * place)) }
            }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func appendInteger(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}
