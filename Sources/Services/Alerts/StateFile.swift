import Base
import FoundationEssentials

/// What a program has to remember over a restart, as a private JSON file that is replaced as a whole.
enum StateFile {
    /// Thousands of alerts need a tenth of this.
    private static let mostBytes = 16 << 20

    /// Reads a value; nil if there is no file.
    ///
    /// - Throws: `FileError` if it cannot be read; ``ServiceError`` if it is not one of ours.
    static func read<Value: Decodable>(_ path: String) throws -> Value? {
        let file: SmallFile
        do { file = try SmallFile(path: path, limit: mostBytes) } catch {
            if error.code == .missing { return nil }
            throw error
        }
        do { return try JSONDecoder().decode(Value.self, from: Data(file.bytes)) } catch {
            throw ServiceError(.badData, "\(path) is damaged. Remove it to begin anew.", underlying: error)
        }
    }

    /// Replaces the file.
    static func write(_ value: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try Folder.make(Folder.parent(of: path))
        try AtomicFile.replace(path, with: try encoder.encode(value), permissions: 0o600)
    }
}
