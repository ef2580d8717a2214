public import CallRecords

extension MasterCSVReader: RecordFile {
    /// Where the next record begins. This is a place in the file only if ``canJump``.
    public var position: FilePosition { FilePosition(offset: input.offset, line: isLineKnown ? line : nil) }
    /// The file in its current state; `nil` for a pipe.
    public var identity: FileIdentity? { input.identity }
    /// Whether the file's bytes are read as they are, and something was read from it.
    public var canJump: Bool { input.canJump }

    /// Bytes of the file on disk, fewer at its end; the position does not change.
    public func bytes(at offset: Int64, count: Int) throws(ExtractError) -> [UInt8] {
        try input.bytes(at: offset, count: count)
    }

    /// Continues with the record that begins at a position.
    public mutating func jump(to position: FilePosition) throws(ExtractError) {
        try input.jump(to: position.offset)
        line = position.line ?? 1
        isLineKnown = position.line != nil
        (isPassingOver, passedBytes) = (false, 0)
    }

    /// The first complete records after an offset. Their layout may differ from that of the records before.
    public mutating func sample(at offset: Int64) throws(ExtractError) -> (offset: Int64, records: CDRBatch)? {
        let noted = (scanner, decoder, mender, notes, isLayoutUsed)
        defer { (scanner, decoder, mender, notes, isLayoutUsed) = noted }
        for count in Self.sampledBytes {
            let bytes = try input.bytes(at: offset, count: count)
            var batch = CDRBatch()
            let first = bytes.withUnsafeBufferPointer { readWhole($0, into: &batch) }
            if let first { return (offset + Int64(first), batch) }
        }
        return nil
    }

    /// Reads the records after the first line feed and returns where the first of them begins.
    private mutating func readWhole(_ bytes: UnsafeBufferPointer<UInt8>, into batch: inout CDRBatch) -> Int? {
        guard let newline = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        var position = newline + 1
        var first: Int?
        while position < bytes.count, batch.count < Self.sampledRecords {
            switch read(bytes, at: position, into: &batch) {
            case .record(let next):
                first = first ?? position
                position = next
            case .emptyLine(let next), .broken(_, let next): position = next
            case .incomplete: return first
            }
        }
        return first
    }
}
