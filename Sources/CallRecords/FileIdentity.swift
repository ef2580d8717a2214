/// The file that a name led to, and its state at that time.
///
/// A rename, such as logrotate's, keeps device and inode; a copy, `sed -i` and most editors create a new inode.
public struct FileIdentity: Hashable, Sendable {
    /// The device number, as given by `stat`.
    public var device: Int64
    /// The file's inode number on its device.
    public var inode: Int64
    /// The size in bytes.
    public var size: Int64
    /// When its content was last changed, in nanoseconds since 1970-01-01 00:00:00 UTC.
    public var modified: Int64

    /// A file in a particular state.
    public init(device: Int64, inode: Int64, size: Int64, modified: Int64) {
        (self.device, self.inode, self.size, self.modified) = (device, inode, size, modified)
    }
}

/// A position between two records of a file.
public struct FilePosition: Hashable, Sendable {
    /// The number of bytes before it.
    public var offset: Int64
    /// The number of the line that begins here, counted from 1; `nil` if the lines before it were not counted.
    public var line: Int64?

    /// A position.
    public init(offset: Int64, line: Int64?) { (self.offset, self.line) = (offset, line) }
}
