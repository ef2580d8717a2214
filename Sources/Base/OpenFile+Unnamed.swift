import Glibc
import SystemPackage

extension OpenFile {
    /// Creates a file without a name, for data that does not fit into memory. It vanishes with the process, however
    /// that ends.
    ///
    /// - Parameter folder: where to create the file if `$TMPDIR` is not set.
    /// - Throws: ``FileError``
    public static func unnamed(in folder: String) throws(FileError) -> OpenFile {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? folder
        let path = "\(folder)/.crm-voip.\(String(UInt64.random(in: .min ... .max), radix: 36))"
        let file = try OpenFile(creating: path)
        try Folder.remove(path)
        return file
    }

    /// A path to the open file, for a library that opens files by name. It is valid in this process only.
    public var pathOfDescriptor: String { "/proc/self/fd/\(descriptor.rawValue)" }
}
