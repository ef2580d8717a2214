import Glibc
import SystemPackage

extension OpenFile {
    /// Creates a file that has no name, for what does not fit into memory: it is gone with the process, however that ends.
    ///
    /// - Parameter folder: where it takes room, if `$TMPDIR` does not say so.
    /// - Throws: ``FileError``
    public static func unnamed(in folder: String) throws(FileError) -> OpenFile {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? folder
        let path = "\(folder)/.crm-voip.\(String(UInt64.random(in: .min ... .max), radix: 36))"
        let file = try OpenFile(creating: path)
        try Folder.remove(path)
        return file
    }

    /// A path that leads to the open file, for a library that opens files by their names. It has a meaning in this process only.
    public var pathOfDescriptor: String { "/proc/self/fd/\(descriptor.rawValue)" }
}
