import CallRecords

extension RawTime {
    /// The time in a cell; SQL NULL is no time, and nil means an invalid value.
    init?(cell: UnsafeRawBufferPointer?) {
        guard let cell else {
            self = .none
            return
        }
        self.init(parsing: cell.assumingMemoryBound(to: UInt8.self))
    }
}
