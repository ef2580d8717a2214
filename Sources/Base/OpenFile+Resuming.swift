extension OpenFile {
    /// Appends lines of which an earlier attempt may have written a part before it was killed or met a full disk. The
    /// part that is already in the file is not written again, and a torn line of anything else is ended first.
    ///
    /// The file must be locked. The lines are on the disk afterwards. If the disk is full, the file is cut back to its
    /// previous length.
    ///
    /// - Throws: ``FileError``
    public func appendOnce(_ lines: [UInt8]) throws(FileError) {
        let size = size
        // One more byte shows whether the part found begins a line.
        let count = min(size, Int64(lines.count) + 1)
        let tail = try read(Int(count), at: size - count)
        let known = Self.overlap(of: tail, with: lines, reachesStart: count == size)
        let isTorn = known == 0 && tail.last.map { $0 != UInt8(ascii: "\n") } ?? false
        do throws(FileError) {
            try write((isTorn ? [UInt8(ascii: "\n")] : []) + lines[known...])
            try synchronise()
        } catch {
            try? truncate(to: size)
            throw error
        }
    }

    /// How many bytes from the beginning of `lines` the file ends with, counted from the beginning of a line.
    ///
    /// Uses Knuth, Morris and Pratt's border function, so that it takes linear time whatever the file contains.
    static func overlap(of tail: [UInt8], with lines: [UInt8], reachesStart: Bool) -> Int {
        guard !lines.isEmpty else { return 0 }
        var borders = [Int](repeating: 0, count: lines.count)
        var length = 0
        for index in lines.indices.dropFirst() {
            while length > 0, lines[index] != lines[length] { length = borders[length - 1] }
            if lines[index] == lines[length] { length += 1 }
            borders[index] = length
        }
        length = 0
        for byte in tail {
            while length > 0, length == lines.count || byte != lines[length] { length = borders[length - 1] }
            if byte == lines[length] { length += 1 }
        }
        while length > 0 {
            let start = tail.count - length
            if start == 0 ? reachesStart : tail[start - 1] == UInt8(ascii: "\n") { return length }
            length = borders[length - 1]
        }
        return 0
    }
}
