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

    /// A descriptor of a new file with this content, for the input of another program; the caller closes it.
    ///
    /// A file and not a pipe: a program that does not read all of a pipe may end the one that writes into it.
    ///
    /// - Throws: ``FileError``
    public static func input(_ content: [UInt8]) throws(FileError) -> Int32 {
        let file = try unnamed(in: "/tmp")
        try file.write(content, at: 0)
        let descriptor = file.duplicate()
        guard descriptor >= 0 else { throw FileError("open", "/tmp", errno: errno) }
        return descriptor
    }

    /// A path to the open file, for a library that opens files by name. It is valid in this process only.
    public var pathOfDescriptor: String { "/proc/self/fd/\(descriptor.rawValue)" }
}
