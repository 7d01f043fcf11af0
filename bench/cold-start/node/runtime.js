// Lambda's runtime loop in a few lines, over one connection: less than AWS's own client does, so that the peer is no slower for it.
'use strict';
const http = require('node:http');
const { handler } = require(process.argv[2]);
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function exchange(method, path, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, method, path: '/2018-06-01/runtime/invocation/' + path, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ id: response.headers['lambda-runtime-aws-request-id'], body: Buffer.concat(chunks) }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

(async () => {
  for (;;) {
    const call = await exchange('GET', 'next');
    try {
      const reply = await handler(JSON.parse(call.body));
      await exchange('POST', call.id + '/response', JSON.stringify(reply));
    } catch (error) {
      await exchange('POST', call.id + '/error', JSON.stringify({ errorMessage: error.message, errorType: error.name }));
    }
  }
})();
