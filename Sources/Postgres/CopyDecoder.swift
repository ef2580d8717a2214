/// Decodes a stream in binary COPY format, in whatever pieces it arrives. Does no I/O.
struct CopyDecoder: ~Copyable {
    private enum State {
        /// The header is expected.
        case header
        /// Bytes of a header extension must be skipped.
        case extensionBytes(Int)
        /// A row or the trailer is expected.
        case row
        /// The trailer was received; nothing may follow.
        case done
    }

    private enum Step {
        /// More bytes are needed.
        case incomplete
        /// This many bytes were used without completing a row.
        case skipped(Int)
        /// This many bytes were used, and `cells` describes their row.
        case row(Int)
    }

    private var state = State.header
    /// The incomplete end of earlier pieces; empty if pieces end with a row.
    private var rest: [UInt8] = []
    /// The positions of the current row's cells, from the row's first byte. Reused, so that a row costs no allocation.
    private var cells: [BinaryRow.Slot] = []

    /// Whether the trailer was seen.
    var isDone: Bool {
        if case .done = state { return true }
        return false
    }

    /// Passes on every row that these bytes complete.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ body: (borrowing BinaryRow) throws -> Void) throws {
        if rest.isEmpty {
            let used = try decode(bytes, body)
            rest.append(contentsOf: bytes[used...])
        } else {
            rest.append(contentsOf: bytes)
            let joined = rest
            let used = try joined.withUnsafeBytes { try decode($0, body) }
            rest.removeFirst(used)
        }
    }

    private mutating func decode(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (borrowing BinaryRow) throws -> Void
    ) throws -> Int {
        var used = 0
        while used < bytes.count {
            let piece = UnsafeRawBufferPointer(rebasing: bytes[used...])
            switch try step(piece) {
            case .incomplete: return used
            case .skipped(let count): used += count
            case .row(let count):
                try cells.withUnsafeBufferPointer { try body(BinaryRow(bytes: piece, cells: $0)) }
                used += count
            }
        }
        return used
    }

    private mutating func step(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> Step {
        switch state {
        case .header: return try header(bytes)
        case .extensionBytes(let wanted):
            let count = min(wanted, bytes.count)
            state = count == wanted ? .row : .extensionBytes(wanted - count)
            return .skipped(count)
        case .row: return try row(bytes)
        case .done: throw PostgresError(.protocolViolation, "The database sent data after the end of a COPY.")
        }
    }

    private mutating func header(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> Step {
        guard bytes.prefix(CopyFormat.signature.count).elementsEqual(CopyFormat.signature.prefix(bytes.count)) else {
            throw PostgresError(.protocolViolation, "The database sent a COPY that does not begin as one.")
        }
        guard bytes.count >= CopyFormat.headerSize else { return .incomplete }
        let flags = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 11, as: UInt32.self))
        let length = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: 15, as: Int32.self))
        guard flags & CopyFormat.criticalFlags == 0, length >= 0 else {
            throw PostgresError(.protocolViolation, "The database sent a COPY of an unknown version.")
        }
        state = length == 0 ? .row : .extensionBytes(Int(length))
        return .skipped(CopyFormat.headerSize)
    }

    private mutating func row(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> Step {
        guard bytes.count >= 2 else { return .incomplete }
        let columns = Int16(bigEndian: bytes.loadUnaligned(as: Int16.self))
        guard columns >= 0 else {
            guard columns == -1 else { throw malformed }
            state = .done
            return .skipped(2)
        }
        cells.removeAll(keepingCapacity: true)
        var position = 2
        for _ in 0..<columns {
            guard bytes.count - position >= 4 else { return .incomplete }
            let length = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int32.self))
            position += 4
            guard length >= -1 else { throw malformed }
            cells.append(BinaryRow.Slot(offset: position, length: Int(length)))
            if length > 0 {
                guard bytes.count - position >= length else { return .incomplete }
                position += Int(length)
            }
        }
        return .row(position)
    }

    private var malformed: PostgresError {
        PostgresError(.protocolViolation, "The database sent a row of a COPY that cannot be read.")
    }
}
