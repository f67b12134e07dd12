'use strict';

window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  // Without this a badge of an outside validation service is asked for.
  validatorUrl: null,
});
