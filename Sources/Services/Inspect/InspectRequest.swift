/// What `InspectService` should examine.
public struct InspectRequest: Sendable, Hashable {
    /// Paths; `-` is the standard input.
    public var files: [String]
    /// The PBX whose settings are used; `nil` for the default PBX.
    public var pbx: String?
    /// The layout of CDR files; `nil` for the configured one, `auto` to recognise it.
    public var layout: String?
    /// The zone that the uniqueids should confirm; `nil` for the configured one.
    public var timeZone: String?

    /// A request for some files.
    public init(files: [String], pbx: String? = nil, layout: String? = nil, timeZone: String? = nil) {
        (self.files, self.pbx, self.layout, self.timeZone) = (files, pbx, layout, timeZone)
    }
}
