/// A number that a contact has, and the contact's place among all that have it.
public struct ContactNumber: Hashable, Sendable {
    /// The number.
    public var number: PhoneNumber
    /// What the contact is.
    public var kind: ContactKind
    /// The contact's id in its CRM.
    public var id: String
    /// Of the number for this contact, as ``ContactPhone/priority``.
    public var priority: Int16
    /// By the tie-break; calls of the number are linked to the contact at place 0.
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
