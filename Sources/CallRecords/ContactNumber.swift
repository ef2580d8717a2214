/// A number of a contact, and the contact's rank among all contacts that have it.
public struct ContactNumber: Hashable, Sendable {
    /// The number.
    public var number: PhoneNumber
    /// What the contact is.
    public var kind: ContactKind
    /// The contact's id in its CRM.
    public var id: String
    /// The number's priority for this contact, as ``ContactPhone/priority``.
    public var priority: Int16
    /// The rank by the tie-break; calls from the number are linked to the contact at place 0.
    public var place: Int

    /// A contact's number.
    public init(number: PhoneNumber, kind: ContactKind, id: String, priority: Int16, place: Int) {
        self.number = number
        self.kind = kind
        self.id = id
        self.priority = priority
        self.place = place
    }
}
