import Base
import CallRecords
import Glibc

/// The file of `etl.rejects`: rejected records as they were read, so that they can be mended and loaded again.
/// The reasons are in a file beside it, with `.log` behind its name.
struct RejectsFile {
    let path: String

    /// Appends records. The files are made where they are missing, readable by their owner only: they hold callers' numbers.
    func append(_ rejects: [RejectedRecord]) throws {
        guard !rejects.isEmpty else { return }
        try append(rejects.flatMap { $0.bytes + [UInt8(ascii: "\n")] }, to: path)
        let reasons = rejects.map { "\($0.origin):\($0.line): \($0.defect.code.rawValue): \($0.defect.reason)\n" }
        try append(Array(reasons.joined().utf8), to: path + ".log")
    }

    private func append(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw failure(path) }
            rest = rest.dropFirst(max(0, count))
        }
    }

    private func failure(_ path: String) -> ServiceError {
        ServiceError(.failed, "Cannot write the rejects to \(path): \(String(cString: strerror(errno))).")
    }
}
