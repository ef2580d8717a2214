import Base
import FoundationEssentials

/// What a program has to remember over a restart, as a private JSON file that is replaced as a whole.
enum StateFile {
    /// Thousands of alerts need a tenth of this.
    private static let mostBytes = 16 << 20

    /// How a figure is written that is no number of JSON, such as the age of a load that has never happened.
    private static let beyond = (positive: "inf", negative: "-inf", unknown: "nan")

    /// Reads a value; nil if there is no file.
    ///
    /// - Throws: `FileError` if it cannot be read; ``ServiceError`` if it is not one of ours.
    static func read<Value: Decodable>(_ path: String) throws -> Value? {
        let file: SmallFile
        do { file = try SmallFile(path: path, limit: mostBytes) } catch {
            if error.code == .missing { return nil }
            throw error
        }
        do { return try decoded(file.bytes) } catch {
            throw ServiceError(.badData, "\(path) is damaged. Remove it to begin anew.", underlying: error)
        }
    }

    /// The value in the bytes of a file.
    ///
    /// - Throws: `DecodingError` if they are not those of one.
    static func decoded<Value: Decodable>(_ bytes: some Sequence<UInt8>) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: beyond.positive,
            negativeInfinity: beyond.negative,
            nan: beyond.unknown
        )
        return try decoder.decode(Value.self, from: Data(bytes))
    }

    /// Replaces the file.
    static func write(_ value: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: beyond.positive,
            negativeInfinity: beyond.negative,
            nan: beyond.unknown
        )
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try Folder.make(Folder.parent(of: path))
        try AtomicFile.replace(path, with: try encoder.encode(value), permissions: 0o600)
    }
}
