/// Which file on the disk a name led to, and the state in which it was.
///
/// A rename keeps device and inode, as logrotate's does; a copy, `sed -i` and most editors make another inode.
public struct FileIdentity: Hashable, Sendable {
    /// Number of the device, as `stat` gives it.
    public var device: Int64
    /// Number of the file on its device.
    public var inode: Int64
    /// Bytes.
    public var size: Int64
    /// When its content was changed last, in nanoseconds since 1970-01-01 00:00:00 UTC.
    public var modified: Int64

    /// A file in a state.
    public init(device: Int64, inode: Int64, size: Int64, modified: Int64) {
        (self.device, self.inode, self.size, self.modified) = (device, inode, size, modified)
    }
}

/// A place between two records of a file.
public struct FilePosition: Hashable, Sendable {
    /// Bytes before it.
    public var offset: Int64
    /// Number of the line that begins here, counted from 1; `nil` where nobody has counted the lines before it.
    public var line: Int64?

    /// A place.
    public init(offset: Int64, line: Int64?) { (self.offset, self.line) = (offset, line) }
}
