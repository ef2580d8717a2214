/// A file, and what was read of it and not used yet.
struct BufferedInput: ~Copyable {
    private let file: InputFile
    /// Read and not used.
    private var bytes: [UInt8] = []
    /// Whether everything of the file was read.
    private(set) var atEnd = false
    /// How many bytes are asked for, one time after the other, and again from the first.
    private let pieces: [Int]
    private var nextPiece = 0

    init(_ file: consuming InputFile, pieces: [Int] = [1 << 20]) {
        self.file = file
        self.pieces = pieces
    }

    /// Opens a file; `-` is the standard input.
    init(path: String) throws(ExtractError) { self.init(try InputFile(path: path)) }

    /// `-` for the standard input.
    var path: String { file.path }
    /// Bytes on disk and how many of them were read; the size is `nil` for a pipe.
    var progress: (read: Int64, size: Int64?) { (file.offset, file.size) }

    /// Hands the bytes out, so that they can be looked at while their reader changes; ``giveBack(_:used:)`` follows.
    mutating func take() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &bytes)
        return taken
    }

    /// Takes the bytes back, without the first ones, which were used.
    mutating func giveBack(_ taken: consuming [UInt8], used: Int) {
        bytes = taken
        if used > 0 { bytes.removeFirst(used) }
    }

    /// Reads on behind the bytes that are there.
    mutating func refill() throws(ExtractError) {
        atEnd = try file.read(upTo: pieces[nextPiece % pieces.count], into: &bytes) == 0
        nextPiece += 1
    }

    /// Reads until there are so many bytes, or the file ends.
    mutating func fill(_ count: Int) throws(ExtractError) {
        while bytes.count < count, !atEnd { try refill() }
    }
}
