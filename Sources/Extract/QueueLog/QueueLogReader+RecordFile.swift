public import CallRecords

extension QueueLogReader: RecordFile {
    /// Where the next line begins. This is a place in the file only if ``canJump``.
    public var position: FilePosition { FilePosition(offset: input.offset, line: isLineKnown ? line : nil) }
    /// The file in its current state; `nil` for a pipe.
    public var identity: FileIdentity? { input.identity }
    /// Whether the file's bytes are read as they are, and something was read from it.
    public var canJump: Bool { input.canJump }

    /// Bytes of the file on disk, fewer at its end; the position does not change.
    public func bytes(at offset: Int64, count: Int) throws(ExtractError) -> [UInt8] {
        try input.bytes(at: offset, count: count)
    }

    /// Continues with the line that begins at a position.
    public mutating func jump(to position: FilePosition) throws(ExtractError) {
        try input.jump(to: position.offset)
        line = position.line ?? 1
        isLineKnown = position.line != nil
        (isPassingOver, passedBytes) = (false, 0)
    }

    /// The first complete events after an offset.
    public mutating func sample(at offset: Int64) throws(ExtractError) -> (offset: Int64, records: QueueEventBatch)? {
        let noted = (mender, notes, hasEvents, foreignLines)
        defer { (mender, notes, hasEvents, foreignLines) = noted }
        for count in Self.sampledBytes {
            let bytes = try input.bytes(at: offset, count: count)
            var batch = QueueEventBatch()
            let first = bytes.withUnsafeBufferPointer { readWhole($0, into: &batch) }
            if let first { return (offset + Int64(first), batch) }
        }
        return nil
    }

    /// Reads the events after the first line feed and returns where the first of them begins.
    private mutating func readWhole(_ bytes: UnsafeBufferPointer<UInt8>, into batch: inout QueueEventBatch) -> Int? {
        guard let newline = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        var position = newline + 1
        var first: Int?
        var ignored: [RejectedRecord] = []
        while batch.count < Self.sampledRecords, let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) {
            read(bytes[position...end], into: &batch, &ignored)
            if first == nil, !batch.isEmpty { first = position }
            position = end + 1
        }
        return first
    }
}
