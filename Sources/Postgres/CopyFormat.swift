/// Constants of the binary COPY format.
enum CopyFormat {
    /// `PGCOPY\n\377\r\n\0`: tells apart what was damaged by a change of line ends or a cut to seven bits.
    static let signature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
    /// The header up to its extension: the signature, 32 flags, the extension's length.
    static let headerSize = 19
    /// Flag 16 says that rows carry object ids, which no supported server sends; 17 to 31 are reserved for changes
    /// that a reader must know.
    static let criticalFlags: UInt32 = 0xFFFF_0000
}
