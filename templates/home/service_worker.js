"use strict";
// Release {{ build }}. Browsers compare this text to find out that there is a new one.
const OFFLINE_PAGE = "{% url 'offline' %}";
const VISIT = "{% url 'my_visit' %}";
const VISIT_PAGE = "{% url 'my_visit_offline' %}";
const TOKEN = "{% url 'sending_token' %}";
const SIGNED_OUT = "{% url 'signed_out' %}";
{% load static %}importScripts({% for script in scripts %}"{% static script %}"{% if not forloop.last %}, {% endif %}{% endfor %});
