import Glibc

/// Bytes in a file that is removed with its owner.
final class TemporaryFile {
    let path: String

    init(_ bytes: [UInt8], suffix: String = "") throws {
        var template = Array("/tmp/crm-voip-extract-XXXXXX\(suffix)\0".utf8CString.dropLast())
        let descriptor = mkstemps(&template, Int32(suffix.utf8.count))
        guard descriptor >= 0 else { throw Failure() }
        path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure() }
            rest = rest.dropFirst(count)
        }
        close(descriptor)
    }

    convenience init(_ text: String, suffix: String = "") throws { try self.init(Array(text.utf8), suffix: suffix) }

    deinit { unlink(path) }

    struct Failure: Error {}
}
