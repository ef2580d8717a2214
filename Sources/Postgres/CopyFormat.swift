/// Constants of the binary COPY format.
enum CopyFormat {
    /// `PGCOPY
    /// \377\r
    /// \0`: reveals damage by converted line ends or by a cut to seven bits.
    static let signature: [UInt8] = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
    /// The header up to its extension: the signature, 32 flags, the extension's length.
    static let headerSize = 19
    /// Flag 16 means that rows carry object ids, which no supported server sends; 17 to 31 are reserved for changes
    /// that a reader must know.
    static let criticalFlags: UInt32 = 0xFFFF_0000
}
