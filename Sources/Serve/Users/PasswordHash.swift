import CCrypt
import Glibc

/// Hashes of secrets, created and checked by the system's libcrypt in the format of crypt(5).
struct PasswordHash: Sendable, Equatable, Codable {
    /// The hash with its method, cost and salt, as in `/etc/shadow`.
    let text: String

    init(text: String) { self.text = text }

    /// The hash of a password: yescrypt, which makes each guess expensive in time and memory.
    ///
    /// - Returns: nil if the system's library cannot create one, or the password contains a NUL or more than 511 bytes.
    init?(password: String) { self.init(password, method: "$y$", cost: 0) }

    /// The hash of a secret with 256 random bits, which cannot be guessed: SHA-256 with few rounds, so that it can be
    /// checked often.
    init?(randomSecret: String) { self.init(randomSecret, method: "$5$", cost: 1000) }

    private init?(_ secret: String, method: String, cost: UInt) {
        guard !secret.utf8.contains(0), secret.utf8.count < 512 else { return nil }
        var random = (0..<32).map { _ in CChar(truncatingIfNeeded: Int.random(in: 0...255)) }
        var setting = [CChar](repeating: 0, count: 192)
        guard crypt_gensalt_rn(method, cost, &random, Int32(random.count), &setting, Int32(setting.count)) != nil,
            let hash = Self.hash(secret, setting: Self.text(setting))
        else { return nil }
        text = hash
    }

    /// Whether it is the hash of a secret. Takes the same time whichever byte differs.
    func matches(_ secret: String) -> Bool {
        guard !secret.utf8.contains(0), secret.utf8.count < 512, text.hasPrefix("$") else { return false }
        guard let hash = Self.hash(secret, setting: text) else { return false }
        return ConstantTime.areEqual(Array(hash.utf8), Array(text.utf8))
    }

    /// Nil if the setting is invalid, in which case libcrypt returns a text that begins with an asterisk.
    private static func hash(_ secret: String, setting: String) -> String? {
        var data: UnsafeMutableRawPointer?
        var size: Int32 = 0
        defer {
            if let data {
                explicit_bzero(data, Int(size))
                free(data)
            }
        }
        guard let result = crypt_ra(secret, setting, &data, &size) else { return nil }
        let text = String(cString: result)
        return text.hasPrefix("*") ? nil : text
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The hash against which the password of an unknown user is checked, so that the response takes equally long.
    static let ofNobody = PasswordHash(password: RandomText.make(bytes: 16)) ?? PasswordHash(text: "$y$")

    init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Comparisons whose duration does not reveal where two values differ.
enum ConstantTime {
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (a, b) in zip(left, right) { difference |= a ^ b }
        return difference == 0
    }
}

/// Random text, from the system's generator for secrets.
enum RandomText {
    /// Two hexadecimal digits for each byte.
    static func make(bytes count: Int) -> String {
        (0..<count).map { _ in
            let digits = String(UInt8.random(in: .min ... .max), radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
