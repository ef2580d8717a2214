/// The content of a column in a contact list, according to its heading.
///
/// Recognises headings of Google, Outlook, HubSpot, Zoho, Bitrix24, amoCRM, 1C and others in English, German, French,
/// Spanish, Portuguese, Russian, Ukrainian, Polish, Italian and Turkish, and the column names of queries.
struct ContactHeading {
    /// What the column may contain, and how suitable it is: the column with the lowest rank is used.
    let role: ContactColumns.Role
    let rank: Int

    /// `nil` for a column that is not used.
    init?(_ heading: String) {
        let folded = Self.folded(heading)
        let words = folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let plain = words.joined()
        guard !plain.isEmpty else { return nil }
        if let known = Self.exact[plain] {
            (role, rank) = known
            return
        }
        // Types, labels and flags of a phone are not phones; a fax machine and an assistant are of no use for calls.
        let isType = words.contains { $0.hasSuffix("typ") || $0.hasSuffix("type") || $0.hasSuffix("label") }
        if isType || words.contains(where: Self.passedOver.contains)
            || Self.passedOverStems.contains(where: plain.contains)
        {
            return nil
        }
        let isNumberOfID = words.contains { ["id", "email", "mail", "ид", "guid", "code", "код"].contains($0) }
        let isPhone = words.contains { word in Self.phoneStems.contains { word.hasPrefix($0) } }
        if isPhone || Self.phoneParts.contains(where: plain.contains) {
            guard !isNumberOfID else { return nil }
            (role, rank) = (.phone(0), 0)
            return
        }
        if words.contains(where: { word in Self.ownerStems.contains { word.hasPrefix($0) } }) {
            (role, rank) = (.owner, isNumberOfID ? 9 : words.contains("name") ? 1 : 2)
            return
        }
        if words.last.map({ ["tel", "тел", "number", "msisdn", "nr", "num"].contains($0.filter(\.isLetter)) }) ?? false,
            words.count <= 2, words.count == 1 || Self.places.contains(words[0])
        {
            (role, rank) = (.phone(0), 0)
            return
        }
        return nil
    }

    /// Without case and accents, as people type headings with or without them.
    private static func folded(_ text: String) -> String {
        var result = ""
        for character in text.lowercased() { result += accents[character] ?? String(character) }
        return result
    }

    private static let accents: [Character: String] = {
        let groups: [(String, String)] = [
            ("àáâãäåąă", "a"), ("çćč", "c"), ("èéêëęě", "e"), ("ìíîïı", "i"), ("łľ", "l"), ("ñńň", "n"),
            ("òóôõöøő", "o"),
            ("śšş", "s"), ("ùúûüůű", "u"), ("ýÿ", "y"), ("źżž", "z"), ("ğ", "g"), ("ř", "r"), ("ť", "t"), ("ď", "d"),
        ]
        var accents: [Character: String] = ["ß": "ss", "œ": "oe", "æ": "ae", "ё": "е", "’": "", "'": "", "ʼ": ""]
        for (letters, plain) in groups { for letter in letters { accents[letter] = plain } }
        // İ becomes two scalars in lower case.
        accents["i̇"] = "i"
        return accents
    }()

    private static let passedOver: Set<String> = [
        "type", "typ", "label", "labels", "tipo", "etichetta", "etiqueta", "etiquette", "libelle", "rotulo",
        "etykieta", "rodzaj", "tur", "turu", "etiket", "etiketi", "тип", "метка", "ярлык", "мітка", "вид", "status",
        "valid", "verified", "preferred", "opt", "optout", "consent", "date", "time", "count", "country", "region",
        "category", "format", "assistant", "assistants", "asst", "assistent", "assistentin", "assistente",
        "asistente", "asystent", "asystenta", "asistan", "ассистент", "ассистента", "помощник", "помощника",
        "помічник", "telex", "телекс", "isdn", "tty", "tdd", "pager", "пейджер", "пейджера", "sms", "notes",
        "notiz", "комментарий", "статус", "дата", "страна", "carrier", "operator", "оператор", "provider", "hash",
        "key", "custom", "labeled",
    ]
    private static let passedOverStems = ["fax", "факс", "faks", "telecop", "donotcall", "незвонить", "timezone"]

    /// Beginnings of words that mean a phone.
    private static let phoneStems = [
        "phone", "telephon", "telefon", "telef", "mobil", "movil", "telemovel", "celular", "cellul", "handy", "gsm",
        "portable", "komork", "cep", "abitazion", "телефон", "мобил", "мобіл", "сотов", "стільник", "rufnummer",
        "festnetz",
        "whatsapp", "вотсап", "viber", "landline",
    ]
    /// Parts of a heading that mean a phone, even if no blank separates its words.
    private static let phoneParts = ["phone", "telefon", "телефон", "mobile"]

    private static let ownerStems = [
        "owner", "manager", "responsib", "responsab", "responsavel", "ответствен", "менеджер", "відповідальн",
        "zustandig", "besitzer", "betreuer", "eigentumer", "inhaber", "proprieta", "propieta", "wlasciciel",
        "opiekun", "odpowiedzialn", "sahib", "sorumlu", "assigned", "zugewiesen", "assigne", "asignad", "atribuid",
        "assegnat", "przypisan", "atanan", "куратор",
    ]

    /// Words before a bare `Tel.` or `number` that say where it rings.
    private static let places: Set<String> = [
        "work", "home", "business", "office", "main", "private", "privat", "company", "other", "direct", "primary",
        "contact", "bureau", "domicile", "trabajo", "casa", "ufficio", "praca", "firma", "раб", "рабочий", "дом",
        "домашний", "контактный", "основной", "is", "ev",
    ]

    private static let exact: [String: (role: ContactColumns.Role, rank: Int)] = {
        let table: [(ContactColumns.Role, Int, String)] = [
            (
                .kind, 0,
                """
                kind entity entitytype recordtype
                """
            ),
            (
                .kind, 1,
                """
                type тип типзаписи typ tipo
                """
            ),
            (
                .id, 0,
                """
                id recordid contactid externalid uid uuid крмid crmid objectid personid datensatzid
                iddelenregistrement идентификатор ідентифікатор identyfikator idrekordu idderegistro iddoregistro
                idrecord kayitkimligi ид
                """
            ),
            (
                .id, 1,
                """
                код customerid clientid leadid kundennummer kundennr kundenid codigo codice kimlik номерклиента
                кодклиента
                """
            ),
            (
                .id, 2,
                """
                accountid companyid organizationid
                """
            ),
            (
                .name, 0,
                """
                fn name label fullname displayname contactname fio фио фіо полноеимя vollstandigername nomcomplet
                nombrecompleto nomecompleto nomecompleto imieinazwisko pelnanazwa adsoyad tamad піб повнеімя nazwa
                """
            ),
            (
                .name, 1,
                """
                contact person personname название наименование контакт контактноелицо назва найменування kontakt
                ansprechpartner contacto contato contatto kisi dealname leadname личноеимя имяконтакта
                """
            ),
            (
                .name, 2,
                """
                nom nome nombre ad isim nev nazev
                """
            ),
            (
                .firstName, 0,
                """
                firstname givenname forename имя vorname prenom primernombre primeironome imie имяпервое імя
                nomedibattesimo ilkad adi jmeno krestnijmeno keresztnev utonev
                """
            ),
            (
                .middleName, 0,
                """
                middlename additionalname secondname отчество побатькові zweitername deuxiemeprenom drugieimie
                ikinciad
                """
            ),
            (
                .lastName, 0,
                """
                lastname familyname surname фамилия nachname familienname nomdefamille apellido apellidos sobrenome
                apelido ultimonome cognome nazwisko soyad soyadi soyisim прізвище
                prijmeni vezeteknev csaladnev
                """
            ),
            (
                .company, 0,
                """
                company companyname account accountname organization organizationname organisation firma firmenname
                unternehmen societe entreprise empresa azienda ragionesociale sirket sirketadi компания организация
                компанія організація organization1name associatedcompany nazwafirmy контрагент названиекомпании
                spolecnost ceg cegnev
                """
            ),
            (
                .owner, 0,
                """
                owner ownername assignedto assigneduser responsible ответственный менеджер
                """
            ),
            (
                .owner, 9,
                """
                ownerid assigneduserid
                """
            ),
            (
                .extension, 0,
                """
                extension ext pbxnumber pbxextension внутренний внутреннийномер durchwahl nebenstelle poste interno
                ramal anexo dahili dahilino numerwewnetrzny wewnetrzny внутрішній внутрішнійномер extensionnumber
                """
            ),
            (
                .updatedAt, 0,
                """
                updatedat updated updatedate modified modifiedat modifiedtime datemodified writedate lastmodified
                """
            ),
            (
                .updatedAt, 1,
                """
                lastmodifieddate modifiedon lastupdate датаизменения изменен geandertam датазміни
                """
            ),
            (
                .priority, 0,
                """
                priority rank приоритет пріоритет prioritat
                """
            ),
            (
                .phone(0), 0,
                """
                ufficio abitazione tel tel1 tel2 tel3 number number1 number2 msisdn тел номер numero nummer numer numara businessphone
                homephone mobile cell handy gsm
                """
            ),
        ]
        var exact: [String: (role: ContactColumns.Role, rank: Int)] = [:]
        for (role, rank, headings) in table {
            for heading in headings.split(whereSeparator: \.isWhitespace) { exact[String(heading)] = (role, rank) }
        }
        return exact
    }()
}
