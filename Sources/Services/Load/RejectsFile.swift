import Base
import CallRecords

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
        do throws(FileError) {
            try OpenFile(appendingTo: path).write(bytes)
        } catch {
            throw ServiceError(
                error.category,
                "Cannot write the rejects to \(path): \(error.reason).",
                underlying: error
            )
        }
    }
}
