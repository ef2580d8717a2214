import Base
import Glibc

/// The part of the file system that the user's reports need.
enum Directory {
    /// The names of a directory's entries, sorted.
    static func fileNames(_ path: String) throws(ReportError) -> [String] {
        guard let stream = opendir(path) else {
            throw ReportError(.file, "The reports directory \(path) cannot be read: \(reason()).")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            // d_name is an array of 256 characters, which Swift imports as a tuple.
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// A file's content as text.
    static func text(_ path: String) throws(ReportError) -> String {
        let bytes: [UInt8]
        do { bytes = try SmallFile(path: path).bytes } catch {
            throw ReportError(.file, error.description)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ReportError(.definition, "The file is not text in UTF-8.", file: path)
        }
        return text
    }

    /// A report can read whatever its user may read, so nobody else may be able to write it.
    ///
    /// - Throws: ``ReportError`` with code `definition` for a file or folder that others may write, or that belongs to
    ///   anyone but root and the user.
    static func checkOwner(_ path: String) throws(ReportError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw ReportError(.file, "\(path) cannot be read: \(reason()).") }
        guard status.st_mode & 0o022 == 0 else {
            throw ReportError(.definition, "\(path) may be written by others. Run: chmod go-w \(path)")
        }
        guard status.st_uid == 0 || status.st_uid == geteuid() else {
            throw ReportError(
                .definition,
                "\(path) belongs to another user. Give it to root or to the user that runs it."
            )
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
