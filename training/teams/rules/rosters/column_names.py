"""Names of roster columns in the languages that files come in."""

# ruff: noqa: RUF001 -- words in other scripts.

from collections.abc import Mapping

# Compared without capitals, accents and punctuation (`columns.plain_heading`).
NAMES: Mapping[str, tuple[str, ...]] = {
    "email": (
        *("email", "e mail", "mail", "email address", "e mail address", "address"),
        *("emailaddress", "mail address", "email id", "e mail id", "email s"),
        *("e mail adresse", "email adresse", "mailadresse", "correo", "courriel"),
        *("correo electronico", "direccion de correo", "adresse e mail"),
        *("adresse mail", "adresse electronique", "adresse courriel"),
        *("indirizzo e mail", "indirizzo email", "posta elettronica"),
        *("endereco de e mail", "e mailadres", "mailadres", "epost", "e post"),
        *("e postadress", "sahkoposti", "adres e mail", "adresa e mail"),
        *("e-posta", "e-posta adresi", "eposta", "почта", "эл. почта", "e-mail адрес"),
        *("электронная почта", "адрес электронной почты", "электронна пошта"),
        *("имейл", "ηλεκτρονικό ταχυδρομείο", "διεύθυνση e-mail"),
        *(
            "البريد الإلكتروني",
            "البريد",
            "بريد إلكتروني",
            "الايميل",
            "الإيميل",
            "ایمیل",
        ),
        *("پست الکترونیک", "דוא״ל", "דואר אלקטרוני", "אימייל", "מייל", "ईमेल"),
        *("メール", "メールアドレス", "電子メール", "eメール", "邮箱", "电子邮箱"),
        *("电子邮件", "邮件地址", "電子郵件", "電郵", "이메일", "이메일 주소", "메일"),
        *("อีเมล", "địa chỉ email", "địa chỉ e-mail"),
    ),
    "first_name": (
        *("first name", "firstname", "first", "forename", "given name", "given names"),
        *("givenname", "first names", "preferred name", "nombre", "nombres", "prenom"),
        *("prenoms", "vorname", "rufname", "nome proprio", "voornaam", "fornamn"),
        *("fornavn", "imie", "jmeno", "etunimi", "adı", "имя", "ім'я", "име"),
        *("όνομα", "الاسم الأول", "שם פרטי", "名", "名前（名）", "tên"),
    ),
    "last_name": (
        *("last name", "lastname", "last", "surname", "family name", "familyname"),
        *("apellido", "apellidos", "nom de famille", "nom d usage", "nachname"),
        *("familienname", "zuname", "cognome", "sobrenome", "apelido", "achternaam"),
        *("efternamn", "efternavn", "etternavn", "nazwisko", "prijmeni", "sukunimi"),
        *("soyad", "soyadı", "фамилия", "прізвище", "επώνυμο", "اسم العائلة", "اللقب"),
        *("نام خانوادگی", "שם משפחה", "姓", "名字（姓）", "苗字", "성", "họ"),
    ),
    "name": (
        *("name", "full name", "fullname", "person", "nombre completo", "nom complet"),
        *("nom et prenom", "nom prenom", "nom", "nome", "nome completo"),
        *("nombre y apellidos", "apellidos y nombre", "apellidos y nombres"),
        *("apellido y nombre", "apellidos nombre", "vollstandiger name"),
        *("employee name", "staff name", "mitarbeiter", "name vorname"),
        *("nachname vorname", "vorname name", "vorname nachname", "prenom nom"),
        *("prenom et nom", "cognome e nome", "cognome nome", "nome e cognome"),
        *("surname and first name", "surname first name", "last name first name"),
        *(
            "first and last name",
            "display name",
            "naam",
            "namn",
            "navn",
            "imie i nazwisko",
        ),
        *("nazwisko i imie", "ad soyad", "adı soyadı", "фио", "піб", "имя и фамилия"),
        *("фамилия и имя", "ονοματεπώνυμο", "الاسم", "الاسم الكامل", "اسم الموظف"),
        *(
            "نام",
            "이름",
            "نام و نام خانوادگی",
            "שם",
            "שם מלא",
            "नाम",
            "氏名",
            "名前",
            "お名前",
            "姓名",
        ),
        *("名字", "员工姓名", "성명", "성함", "ชื่อ", "họ và tên", "họ tên"),
    ),
    "staff_number": (
        *("staff number", "staff no", "staff id", "staffid", "employee number"),
        *("employee no", "employee id", "employeeid", "emp no", "emp id", "emp number"),
        *("personnel number", "personnel no", "person id", "person number"),
        *("payroll number", "payroll no", "payroll id", "hr number", "hr id"),
        *("external id", "worker id", "associate id", "personalnummer", "personal nr"),
        *("pers nr", "persnr", "mitarbeiternummer", "mitarbeiter nr", "matricule"),
        *("numero d employe", "numero de matricule", "numero de empleado"),
        *("n de empleado", "numero empleado", "id empleado", "legajo", "matricola"),
        *("numero de matricola", "numero de funcionario", "personeelsnummer"),
        *("anstallningsnummer", "medarbejdernummer", "ansattnummer"),
        *("henkilonumero", "numer pracownika", "osobni cislo"),
    ),
    "role": ("role", "role in the team", "team role", "rol", "rolle", "funktion"),
    "joined_on": (
        *("team joined date", "joined", "joined on", "joined date", "date joined"),
        *("start date", "since", "hire date", "date of hire", "joining date"),
        *("started", "fecha de alta", "fecha de inicio", "eintritt", "eintrittsdatum"),
        *("date d entree", "date d embauche", "date d arrivee", "data di assunzione"),
        *("data de admissao", "datum in dienst", "begindatum", "startdatum"),
        *("işe giriş tarihi", "дата приема", "дата приёма", "дата найма"),
        *("تاريخ التعيين", "تاريخ المباشرة", "تاريخ الالتحاق", "تاریخ استخدام"),
        *(
            "תאריך תחילת עבודה",
            "入社日",
            "入職日",
            "入职日期",
            "入职时间",
            "入社年月日",
        ),
        *("입사일", "입사일자", "วันที่เริ่มงาน", "ngày vào làm"),
    ),
}

LAST_NAME_FIRST = frozenset(
    (
        *("nom et prenom", "nom prenom", "apellidos y nombre", "apellidos y nombres"),
        *("apellido y nombre", "apellidos nombre", "name vorname", "nachname vorname"),
        *("cognome e nome", "cognome nome", "surname and first name"),
        *("surname first name", "last name first name", "nazwisko i imie"),
        *("фамилия и имя",),
    )
)
"""Names of columns with whole names in which the last name comes first."""
