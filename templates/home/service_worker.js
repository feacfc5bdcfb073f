{% load i18n static %}"use strict";
// Release {{ build }}. Browsers compare this text to find out that there is a new one.
// Each language has its own pages; the site's own comes first, and its home is in all.
const LANGUAGES = [{% for code, _name in languages %}{% language code %}
  {
    home: "{% url 'wagtail_serve' '' %}",
    offline: "{% url 'offline' %}",
    visit: "{% url 'my_visit' %}",
    visitOffline: "{% url 'my_visit_offline' %}",
    signedOut: "{% url 'signed_out' %}",
  },{% endlanguage %}{% endfor %}
];
const TOKEN = "{% url 'sending_token' %}";
importScripts({% for script in scripts %}"{% static script %}"{% if not forloop.last %}, {% endif %}{% endfor %});
