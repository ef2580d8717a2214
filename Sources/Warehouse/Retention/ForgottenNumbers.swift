public import Base

/// The numbers of persons to be forgotten, as keyed hashes, in a file beside the warehouse.
///
/// A warehouse that is restored from a backup, or loaded again from files, contains these numbers again. The list can
/// find them without containing them: it has a random key, and an HMAC-SHA-256 (RFC 2104) of each number under that
/// key.
public struct ForgottenNumbers: Sendable, Hashable {
    /// A number as its hash, and the moment as of which it is forgotten.
    public struct Entry: Sendable, Hashable {
        /// 64 hexadecimal digits.
        public let hash: String
        /// Everything recorded before this moment is erased.
        public let moment: Moment

        /// An entry of the list.
        public init(hash: String, moment: Moment) { (self.hash, self.moment) = (hash, moment) }
    }

    /// 32 random bytes.
    private let key: [UInt8]
    /// In the order in which they were forgotten.
    public private(set) var entries: [Entry] = []

    /// An empty list with a new key.
    public init() {
        var generator = SystemRandomNumberGenerator()
        key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// The inner and outer padded keys of HMAC, each one SHA-256 block long.
    var paddedKeys: (inner: [UInt8], outer: [UInt8]) {
        let block = key + [UInt8](repeating: 0, count: 64 - key.count)
        return (block.map { $0 ^ 0x36 }, block.map { $0 ^ 0x5C })
    }

    /// Adds a number, or moves the moment of an existing one forward.
    public mutating func add(_ entry: Entry) {
        entries.removeAll { $0.hash == entry.hash }
        entries.append(entry)
    }

    // MARK: - The file

    private static let heading = "# Numbers forgotten by crm-voip, as keyed hashes. Keep this file with your backups.\n"

    /// The list as text: a line with the key, then a line for each entry with its moment and hash.
    public var text: String {
        Self.heading + "key \(Self.hexadecimal(key))\n"
            + entries.map { entry in
                "\(CivilTime(secondsSince1970: entry.moment.wholeSeconds).iso8601) \(entry.hash)\n"
            }.joined()
    }

    /// Reads a list; `nil` if the text is not one. An incomplete list would let numbers come back.
    public init?(text: some StringProtocol) {
        var key: [UInt8]?
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            guard words.count == 2, let bytes = Self.bytes(words[1]), bytes.count == 32 else { return nil }
            if words[0] == "key", key == nil {
                key = bytes
            } else if key != nil, case .instant(let seconds) = WrittenTime(String(words[0]))?.meaning {
                entries.append(Entry(hash: String(words[1]), moment: Moment(seconds: seconds)))
            } else {
                return nil
            }
        }
        guard let key else { return nil }
        self.key = key
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    }

    private static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
