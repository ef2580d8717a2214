import CallRecords

/// A file, with the bytes that were read but not used yet. A byte order mark is removed, and UTF-16, which it
/// announces, is converted to UTF-8.
struct BufferedInput: ~Copyable {
    private let file: InputFile
    /// Read and not used.
    private var bytes: [UInt8] = []
    /// Whether everything of the file was read.
    private(set) var atEnd = false
    /// How many bytes to request: each size in turn, then again from the first.
    private let pieces: [Int]
    private var nextPiece = 0
    private var hasBegun = false
    private var utf16: UTF16Transcoder?
    private var hasByteOrderMark = false
    /// The number of delivered bytes that were used.
    private(set) var offset: Int64 = 0

    init(_ file: consuming InputFile, pieces: [Int] = [256 << 10]) {
        self.file = file
        self.pieces = pieces
    }

    /// Opens a file; `-` is the standard input.
    init(path: String) throws(ExtractError) { self.init(try InputFile(path: path)) }

    /// `-` for the standard input.
    var path: String { file.path }
    /// Bytes on disk and how many of them were read; the size is `nil` for a pipe.
    var progress: (read: Int64, size: Int64?) { (file.offset, file.size) }

    /// Lends the bytes, so that they can be examined while their reader changes; must be followed by
    /// ``giveBack(_:used:)``.
    mutating func take() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &bytes)
        return taken
    }

    /// Takes the bytes back, except those at the beginning that were used.
    mutating func giveBack(_ taken: consuming [UInt8], used: Int) {
        bytes = taken
        if used > 0 { bytes.removeFirst(used) }
        offset += Int64(used)
    }

    /// The file in its current state; `nil` for a pipe.
    var identity: FileIdentity? { file.identity }

    /// Whether ``offset`` is a place in the file, so that reading can continue elsewhere.
    var canJump: Bool { hasBegun && !hasByteOrderMark && file.size != nil && file.isPlain }

    /// Bytes as stored on the disk; this does not affect what is delivered next.
    func bytes(at offset: Int64, count: Int) throws(ExtractError) -> [UInt8] {
        try file.bytes(at: offset, count: count)
    }

    /// Continues at an offset; requires ``canJump``.
    mutating func jump(to offset: Int64) throws(ExtractError) {
        try file.seek(to: offset)
        bytes = []
        self.offset = offset
        atEnd = false
    }

    /// Reads more bytes after those that are present.
    mutating func refill() throws(ExtractError) {
        if !hasBegun { return try begin() }
        guard utf16 != nil else {
            var read = take()
            defer { giveBack(read, used: 0) }
            atEnd = try self.read(into: &read)
            return
        }
        var raw: [UInt8] = []
        atEnd = try read(into: &raw)
        utf16?.transcode(raw, isLast: atEnd, into: &bytes)
    }

    /// Reads until this many bytes are present, or the file ends.
    mutating func fill(_ count: Int) throws(ExtractError) {
        while bytes.count < count, !atEnd { try refill() }
    }

    private mutating func begin() throws(ExtractError) {
        hasBegun = true
        var raw: [UInt8] = []
        while raw.count < 3, !atEnd { atEnd = try read(into: &raw) }
        hasByteOrderMark = true
        if raw.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes.append(contentsOf: raw.dropFirst(3))
        } else if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
            utf16 = UTF16Transcoder(isBigEndian: raw[0] == 0xFE)
            utf16?.transcode(Array(raw.dropFirst(2)), isLast: atEnd, into: &bytes)
        } else {
            hasByteOrderMark = false
            bytes.append(contentsOf: raw)
        }
    }

    /// Returns whether the end of the file was reached.
    private mutating func read(into buffer: inout [UInt8]) throws(ExtractError) -> Bool {
        let count = pieces[nextPiece % pieces.count]
        nextPiece += 1
        return try file.read(upTo: count, into: &buffer) == 0
    }
}

/// Converts UTF-16 to UTF-8, in pieces that may end anywhere. Invalid characters become U+FFFD.
struct UTF16Transcoder {
    let isBigEndian: Bool
    /// Bytes of an incomplete character, at most three.
    private var pending: [UInt8] = []

    init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

    mutating func transcode(_ raw: [UInt8], isLast: Bool, into out: inout [UInt8]) {
        let bytes = pending + raw
        var units = stride(from: 0, to: bytes.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        var used = units.count * 2
        if !isLast, let last = units.last, UTF16.isLeadSurrogate(last) {
            units.removeLast()
            used -= 2
        }
        pending = Array(bytes[used...])
        out.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
        if isLast, !pending.isEmpty {
            out.append(contentsOf: "\u{FFFD}".utf8)
            pending = []
        }
    }
}
