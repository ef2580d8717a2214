import CCrypto

/// HMAC-SHA256 of RFC 2104, calculated by libcrypto.
enum HMAC {
    /// The code in hexadecimal digits; nil if libcrypto fails.
    static func sha256(_ bytes: [UInt8], key: [UInt8]) -> String? {
        guard let keySize = Int32(exactly: key.count) else { return nil }
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard CCrypto.HMAC(EVP_sha256(), key, keySize, bytes, bytes.count, &code, &length) != nil else { return nil }
        return code.prefix(Int(length)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
